import pytest

from cohorts.forms.coordinator import CoordinatorForm

PEOPLE = [("1", "Asha"), ("2", "Ben")]


@pytest.mark.parametrize(("chosen", "key"), [("2", "2"), ("nobody", None)])
def test_the_chosen_person_or_nobody(chosen, key):
    form = CoordinatorForm({"coordinator": chosen}, coordinators=PEOPLE)

    assert form.is_valid()
    assert form.chosen_key == key


def test_a_choice_is_needed():
    form = CoordinatorForm({}, coordinators=PEOPLE)

    assert form.errors == {"coordinator": ["Choose the care coordinator"]}
