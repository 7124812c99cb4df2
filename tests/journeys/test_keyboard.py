"""Work done with the keyboard alone: the focus is never lost, and says where one is."""

import pytest
from django.utils import timezone

from panels.enums import ItemStatus
from panels.models import AgendaItem, Meeting
from tests.cast import NOON
from tests.factories import AgendaItemFactory, CaseFactory
from tests.journeys.visitor import PASSWORD, Visitor

pytestmark = pytest.mark.journey
MOST_STEPS = 80


def test_from_signing_in_to_writing_the_most_overdue_review(visit, cast, place):
    for years, name in ((2, "Larkin"), (3, "Adeyemi")):
        CaseFactory(
            partnership=cast.eastmere,
            care_coordinator=cast.asha,
            patient__family_name=name,
            next_review_due=timezone.localdate().replace(day=1, year=timezone.now().year - years),
        )
    cast.asha.set_password(PASSWORD)
    cast.asha.save()
    asha = visit().open("/account/sign-in/")

    go_to(asha, "E-mail address")
    asha.page.keyboard.type(cast.asha.email)
    go_to(asha, "Password")
    asha.page.keyboard.type(PASSWORD)
    press(asha, "Enter").sees("My work", "2 overdue")
    skip_to_the_page(asha)
    go_to(asha, "Book the review")
    press(asha, "Enter").sees("ADEYEMI", "Book a review")
    type_the_day(asha)
    press(asha, "Enter").sees("The review is booked")
    go_to(asha, "Write the review")
    press(asha, "Enter").sees("When was it held?")
    go_to(asha, "Write the review")
    press(asha, "Enter").sees("Review held")
    go_to(asha, "What the person says")
    asha.page.keyboard.type("I like it here.")
    go_to(asha, "Come back later")
    press(asha, "Enter").check("What you wrote is kept.")


def test_moving_an_item_keeps_the_focus_on_it_and_says_its_place(visit, cast, place):
    meeting = Meeting.objects.filter(panel=place.panel).order_by("held_on").first()
    for number, name in enumerate(("Abara", "Birch", "Cole"), start=1):
        case = CaseFactory(partnership=cast.eastmere, patient__family_name=name)
        list_on(meeting, number, case, cast.paula)
    paula = visit(cast.paula).open(f"/panels/meetings/{meeting.pk}/agenda/").check("3 of 10 cases")

    go_to(paula, "Down ABARA")
    press(paula, "Enter").sees("ABARA, Marian Ruth is now item 2 of 3.")
    assert focus(paula).startswith("Down ABARA")
    press(paula, "Enter").sees("ABARA, Marian Ruth is now item 3 of 3.")
    assert focus(paula).startswith("Up ABARA")  # it can go no further down
    press(paula, "Enter").sees("ABARA, Marian Ruth is now item 2 of 3.")
    assert focus(paula).startswith("Up ABARA")
    paula.check()
    listed = AgendaItem.objects.filter(meeting=meeting).order_by("position")
    names = [item.case.patient.family_name for item in listed]
    assert names == ["Birch", "Abara", "Cole"]


def list_on(meeting, position, case, by):
    return AgendaItemFactory(
        panel=meeting.panel,
        meeting=meeting,
        case=case,
        status=ItemStatus.LISTED,
        position=position,
        submitted_by=by,
        listed_at=NOON,
        listed_by=by,
    )


def go_to(visitor: Visitor, name: str) -> None:
    """Press Tab until the control whose name begins so has the focus."""
    for _ in range(MOST_STEPS):
        visitor.page.keyboard.press("Tab")
        if focus(visitor).startswith(name):
            return
    raise AssertionError(f"{visitor.path}: Tab does not reach “{name}”")


def press(visitor: Visitor, key: str) -> Visitor:
    visitor.page.keyboard.press(key)
    return visitor


def skip_to_the_page(visitor: Visitor) -> None:
    go_to(visitor, "Skip to main content")
    press(visitor, "Enter")


def type_the_day(visitor: Visitor) -> None:
    today = timezone.localdate()
    for part in ("day", "month", "year"):
        go_to(visitor, part.capitalize())
        visitor.page.keyboard.type(str(getattr(today, part)))


def focus(visitor: Visitor) -> str:
    """Return the name of the control that has the focus: its label, else its own words."""
    return visitor.page.evaluate(
        """() => {
            const here = document.activeElement;
            const said = here.labels?.[0] ?? here;
            return said.textContent.replace(/\\s+/g, ' ').trim();
        }"""
    )
