from panels.queries.asking import ask_of, ending_proposed_by
from tests.cast import TODAY
from tests.factories import CaseFactory, ServiceLineFactory
from tests.reviews.sheets import recorded


def test_a_new_package_is_asked_for_by_its_services(cast):
    review = recorded(CaseFactory(partnership=cast.eastmere), cast.asha)

    assert ask_of(review, TODAY) == "Agree the package: Supported flat"


def test_a_panel_is_not_asked_about_services_outside_the_split(cast):
    review = recorded(CaseFactory(partnership=cast.eastmere), cast.asha)
    ServiceLineFactory(package=review.package, description="Cleaning", is_s117=False)

    assert ask_of(review, TODAY) == "Agree the package: Supported flat"


def test_an_ending_is_asked_for_with_its_day(cast):
    review = recorded(
        CaseFactory(partnership=cast.eastmere),
        cast.asha,
        recommendation="end",
        recommendation_reasons="Well for three years.",
    )

    assert ending_proposed_by(review).ends_on == review.package.starts_on
    assert ask_of(review, TODAY).startswith("End after-care on 1 December 2026;")
