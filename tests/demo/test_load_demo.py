"""The demonstration is told through the real operations, so it doubles as a smoke test."""

import pytest
import yaml
from django.core.management import CommandError, call_command

from accounts.models import Partnership, User
from audit.models import Chain
from audit.operations import broken_links
from cohorts.models.cases import Case
from cohorts.models.people import Patient
from demo.cast import sign_ins
from demo.stories import STORIES
from matrices.models import FundingSplit
from panels.models import AgendaItem, Meeting
from reviews.models import Review


@pytest.fixture
def demonstration(db):
    call_command("load_demo", verbosity=0)


def statuses(model):
    return set(model.objects.values_list("status", flat=True))


def test_every_state_of_the_pathway_is_there(demonstration):
    assert {"booked", "held", "awaiting_cpa", "needs_agreed", "with_panel", "closed"} <= statuses(
        Review
    )
    assert {"proposed", "agreed", "returned", "in_force", "superseded"} <= statuses(FundingSplit)
    assert {"submitted", "listed", "decided"} <= statuses(AgendaItem)
    assert {"planned", "published", "closed"} <= statuses(Meeting)
    assert Case.objects.ended().exists()
    assert Case.objects.open().in_no_cohort().exists()
    assert Case.objects.open().never_reviewed().exists()


def test_about_four_hundred_cases_and_every_story(demonstration):
    eastmere = Partnership.objects.get(slug="eastmere")
    stories = [yaml.safe_load(file.read_text()) for file in STORIES.glob("*.yaml")]

    assert 380 <= Case.objects.in_partnership(eastmere).count() <= 420
    assert len(stories) >= 10
    assert all(story["point"] for story in stories)
    for story in stories:
        assert Patient.objects.filter(family_name=story["person"]["family_name"]).exists()


def test_everybody_who_signs_in_is_there(demonstration):
    emails = set(User.objects.values_list("email", flat=True))

    assert {person.email for person in sign_ins()} <= emails


def test_every_number_is_of_the_range_that_nobody_has(demonstration):
    numbers = Patient.objects.values_list("nhs_number", flat=True)

    assert [number for number in numbers if not number.startswith("999")] == []


def test_the_record_is_whole(demonstration):
    assert [key for key in Chain.objects.values_list("key", flat=True) if broken_links(key)] == []


def test_the_demonstration_is_not_loaded_over_anything(demonstration):
    with pytest.raises(CommandError, match="data already"):
        call_command("load_demo", verbosity=0)


def test_the_demonstration_is_not_loaded_anywhere_else(db, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo", verbosity=0)
