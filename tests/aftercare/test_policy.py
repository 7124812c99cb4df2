import pytest

from aftercare.enums import Duty
from aftercare.policy import duty_of


@pytest.mark.parametrize(
    ("arises", "reduces", "duty"),
    [
        (True, True, Duty.S117),
        (True, False, Duty.CARE_ACT),
        (False, True, Duty.CARE_ACT),
        (False, False, Duty.CARE_ACT),
        (None, False, Duty.CARE_ACT),
        (False, None, Duty.CARE_ACT),
        (None, True, Duty.UNDECIDED),
        (True, None, Duty.UNDECIDED),
        (None, None, Duty.UNDECIDED),
    ],
)
def test_a_need_comes_under_section_117_only_when_both_limbs_are_true(arises, reduces, duty):
    assert duty_of(arises_from_disorder=arises, reduces_risk=reduces) == duty
