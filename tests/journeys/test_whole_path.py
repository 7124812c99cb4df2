"""The whole path, told once: from a spreadsheet to a next review a year on."""

from datetime import date

import pytest
from django.utils import timezone

from cohorts.models.cases import Case
from tests.journeys import deciding, registering, reviewing

pytestmark = pytest.mark.journey


def test_a_register_goes_in_and_a_case_comes_out_with_an_approved_split(visit, worker, cast, place):
    paula = visit(cast.paula)
    registering.upload_the_register(paula)
    registering.check_the_preview(paula)
    registering.import_the_rows(paula)
    registering.write_the_rules(paula)
    registering.see_what_the_rules_leave_out(paula)
    registering.mend_the_first_rule(paula)
    registering.put_a_row_right(paula)
    bola = the_case_of("Birch", "Bola")
    others = [the_case_of("Birch", "Pia"), the_case_of("Birch", "Kofi")]
    registering.give_cases(paula, [one.reference for one in (bola, *others)], "Asha")

    today = timezone.localdate()
    asha = visit(cast.asha)
    asha.check()
    asha.press("BIRCH, Bola").check()
    reviewing.book_a_review(asha, today)
    reviewing.begin_to_write(asha, today)
    reviewing.write_the_review(asha)
    asha.check()
    reviewing.try_a_cost_of_lots(asha)
    reviewing.record_the_review(asha)
    reviewing.try_without_one_score(asha)
    reviewing.see_how_the_split_comes_about(asha)
    reviewing.propose_it_and_send_it_to_panel(asha)

    deciding.build_the_agenda(paula)
    deciding.publish_it_and_have_the_pack_made(paula)
    chloe = visit(cast.chloe)
    deciding.open_the_meeting(chloe)
    deciding.print_the_agenda(chloe, bola.reference)
    deciding.read_the_pack(chloe, bola.reference)
    deciding.try_to_decide_without_a_quorum(chloe)
    deciding.take_attendance(chloe)
    deciding.agree(chloe)

    lara, ian = visit(cast.lara), visit(cast.ian)
    deciding.approve_a_share(lara, "£986.88", "It is in force once")
    deciding.approve_a_share(ian, "£986.87", "Both have approved: it is in force from")
    deciding.see_it_in_force(asha, bola.reference, a_year_after(today))


def the_case_of(family_name: str, given_names: str) -> Case:
    people = Case.objects.select_related("patient")
    return people.get(patient__family_name=family_name, patient__given_names=given_names)


def a_year_after(day: date) -> date:
    """Return the same day a year on; 29 February has 28 February."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + 1, day.month, 28 if is_leap_day else day.day)
