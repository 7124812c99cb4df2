"""The same work in a browser that runs no script: everything is a page, a form and a button."""

import pytest
from django.utils import timezone

from tests.factories import CaseFactory
from tests.journeys import registering, reviewing

pytestmark = pytest.mark.journey


def test_a_register_is_read_without_javascript(visit, worker, cast, place):
    paula = visit(cast.paula, runs_scripts=False)

    paula.sees("My work").press("Import a register").sees("Imports").press("Import a register")
    paula.page.get_by_label("The register").set_input_files(registering.REGISTER)
    paula.press("Upload and check").sees("Check the file before importing", seconds=30)
    paula.sees("412 rows hold a person", "370 ready", "42 need a person")


def test_a_review_goes_to_panel_without_javascript(visit, cast, place):
    today = timezone.localdate()
    case = CaseFactory(
        partnership=cast.eastmere,
        cohort=place.cohorts["A"],
        care_coordinator=cast.asha,
        patient__family_name="Birch",
        patient__given_names="Bola",
        overdue=True,
    )
    asha = visit(cast.asha, runs_scripts=False)

    asha.sees("My work", case.reference).press("BIRCH, Bola").sees("Book the review")
    reviewing.book_a_review(asha, today)
    reviewing.begin_to_write(asha, today)
    reviewing.write_the_review(asha)
    reviewing.try_a_cost_of_lots(asha)
    reviewing.record_the_review(asha)
    reviewing.try_without_one_score(asha)
    reviewing.score(asha, *reviewing.LAST_SCORE)
    asha.press("Save and see the split")
    reviewing.see_how_the_split_comes_about(asha)
    reviewing.propose_it_and_send_it_to_panel(asha)
