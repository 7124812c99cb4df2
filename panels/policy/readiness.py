"""What a panel would miss if it took a case as it stands."""

from collections.abc import Iterator


def missing(
    *,
    is_presented: bool,
    is_person_heard: bool,
    is_answered: bool,
    ends_while_on_cto: bool,
) -> tuple[str, ...]:
    """Name what is missing; nothing here keeps a case off an agenda."""
    return tuple(
        _missing(
            is_presented=is_presented,
            is_person_heard=is_person_heard,
            is_answered=is_answered,
            ends_while_on_cto=ends_while_on_cto,
        )
    )


def _missing(
    *, is_presented: bool, is_person_heard: bool, is_answered: bool, ends_while_on_cto: bool
) -> Iterator[str]:
    if not is_answered:
        yield "What the panel asked for"
    if not is_presented:
        yield "Nobody to present it"
    if not is_person_heard:
        yield "No view of the person"
    if ends_while_on_cto:
        # Mental Health Act 1983 s.117(2): the duty lasts at least as long as the CTO.
        yield "On a CTO: cannot end yet"
