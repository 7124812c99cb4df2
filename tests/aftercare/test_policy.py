"""Both limbs of s.117(6), in all nine combinations of yes, no and not answered."""

import pytest

from aftercare.enums import Duty
from aftercare.policy import duty_of


@pytest.mark.parametrize(
    ("arises_from_disorder", "reduces_risk", "duty"),
    [
        (True, True, Duty.S117),
        (True, False, Duty.CARE_ACT),
        (True, None, Duty.UNDECIDED),
        (False, True, Duty.CARE_ACT),
        (False, False, Duty.CARE_ACT),
        (False, None, Duty.CARE_ACT),
        (None, True, Duty.UNDECIDED),
        (None, False, Duty.CARE_ACT),
        (None, None, Duty.UNDECIDED),
    ],
)
def test_a_need_is_after_care_only_when_both_limbs_are_true(
    arises_from_disorder, reduces_risk, duty
):
    found = duty_of(arises_from_disorder=arises_from_disorder, reduces_risk=reduces_risk)

    assert found == duty
