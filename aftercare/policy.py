"""What is after-care, and what is not."""

from aftercare.enums import Duty


def duty_of(*, arises_from_disorder: bool | None, reduces_risk: bool | None) -> Duty:
    """Return the duty a need is met under: section 117 only when both limbs are true.

    Mental Health Act 1983 s.117(6): (a) arising from or related to the mental disorder, and
    (b) reducing the risk of a deterioration of the mental condition.
    """
    if arises_from_disorder is False or reduces_risk is False:
        return Duty.CARE_ACT
    if arises_from_disorder is None or reduces_risk is None:
        return Duty.UNDECIDED
    return Duty.S117
