"""Another partnership's people see nothing of a case: not its page, nor that there is one."""

from uuid import uuid4

import pytest

from tests.factories import CaseFactory

pytestmark = pytest.mark.journey


def test_a_stranger_finds_nothing_of_a_case_anywhere(visit, cast, place):
    theirs = CaseFactory(partnership=cast.eastmere, care_coordinator=cast.asha, overdue=True)
    own = CaseFactory(partnership=cast.merebridge, care_coordinator=cast.dev, overdue=True)
    dev = visit(cast.dev)

    dev.check("My work", own.reference)
    for page in ("My work", "Register", "Reviews", "Panels", "Funding"):
        dev.press(page)
        assert_says_nothing_of(theirs, dev)
    for words in (theirs.reference, theirs.patient.nhs_number, theirs.patient.family_name):
        dev.search(words).sees("Nobody found")
        assert_says_nothing_of(theirs, dev, but=words)
    for address in ("/cases/{}/", "/cases/{}/reviews/", "/reviews/book/{}/"):
        assert page_at(dev, address.format(theirs.pk)) == page_at(dev, address.format(uuid4()))
    dev.check("Page not found")


def assert_says_nothing_of(case, dev, *, but=""):
    for word in (case.reference, case.patient.nhs_number, case.patient.family_name):
        assert word == but or word.upper() not in dev.text().upper()


def page_at(dev, path):
    """Return what an address answers: its status and its words."""
    answer = dev.page.goto(dev.address + path)
    return answer.status, dev.text()
