from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.policy.entitlement import (
    LEGAL_STATUSES,
    Entitlement,
    entitled_from,
    gives_entitlement,
    section_from_words,
)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("S3", "03"),
        ("s.3", "03"),
        ("S 3 ", "03"),
        ("Sec 3", "03"),
        ("Section 3", "03"),
        ("3", "03"),
        ("Section 3 MHA 1983", "03"),
        ("Sec. 37/41", "09"),
        ("S.37(41)", "09"),
        ("37 / 41", "09"),
        ("s37", "10"),
        ("s.37 notional", "10"),
        ("Section 47/49", "15"),
        ("47", "16"),
        ("48/49", "17"),
        ("S 48 ", "18"),
        ("45A", "37"),
        ("S 45A ", "37"),
        ("s.45 a", "37"),
        ("S2", "02"),
        ("S5(2)", "05"),
        ("5/4", "06"),
        ("s136", "20"),
        ("informal", "01"),
        ("Guardianship s7", "35"),
        ("s37 guardianship", "36"),
        ("S2/S3", "03"),
        ("2 then 3", "03"),
        ("CTO (S3)", "03"),
        ("s17A from s3", "03"),
        ("not known", "99"),
        ("CTO", None),
        ("s117", None),
        ("3 and 37", None),
        ("99", None),
        ("", None),
        ("yes", None),
        ("2018-01-30", None),
    ],
)
def test_section_from_words(words, code):
    assert section_from_words(words) == code


@pytest.mark.parametrize("code", ["03", "09", "10", "15", "16", "17", "18", "37", "38"])
def test_gives_entitlement_under_the_sections_of_s117_1(code):
    assert gives_entitlement(code) is Entitlement.YES


@pytest.mark.parametrize("code", ["01", "02", "04", "05", "06", "07", "08", "12", "13", "19", "20"])
def test_gives_entitlement_under_no_other_section(code):
    assert gives_entitlement(code) is Entitlement.NO


@pytest.mark.parametrize("code", ["31", "32", "99", "77", ""])
def test_gives_entitlement_by_hand_when_the_law_leaves_it_open(code):
    assert gives_entitlement(code) is Entitlement.BY_HAND


def test_legal_statuses_are_the_national_27():
    assert len(LEGAL_STATUSES) == 27


@pytest.mark.parametrize(
    ("ceased", "left", "expected"),
    [
        (date(2018, 1, 1), date(2018, 1, 1), date(2018, 1, 1)),
        (date(2018, 1, 1), date(2018, 3, 1), date(2018, 3, 1)),  # stayed on, informal
        (date(2018, 3, 1), date(2018, 1, 1), date(2018, 3, 1)),  # on leave first
        (date(2018, 1, 1), None, None),
        (None, date(2018, 1, 1), None),
    ],
)
def test_entitled_from_needs_both(ceased, left, expected):
    assert entitled_from(ceased, left) == expected


@given(st.text())
def test_section_from_words_never_raises(text):
    assert section_from_words(text) in {None, *LEGAL_STATUSES}
