from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identifiers import clean_nhs_number, format_nhs_number, new_id


@pytest.mark.parametrize(
    "digits",
    [
        "9434765919", "9990000018", "9990000026", "9990000034", "9990000042", "9990000050",
        "4010232137",
    ],
)  # fmt: skip
def test_numbers_that_are_right(digits):
    assert clean_nhs_number(format_nhs_number(digits)) == digits


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("9434765918", "mistyped digit"),
        ("1234567890", "mistyped digit"),
        ("4587578542", "mistyped digit"),
        ("0000000000", "nobody’s"),
        ("999000001", "10 digits"),
        ("99900000180", "10 digits"),
        ("999000001x", "10 digits"),
        ("", "10 digits"),
        ("٩٩٩٠٠٠٠٠١٨", "10 digits"),
    ],
)
def test_numbers_that_are_wrong_say_why(text, problem):
    with pytest.raises(ValueError, match=problem):
        clean_nhs_number(text)


@given(st.text(max_size=20))
def test_any_text_is_ten_digits_or_refused(text):
    with suppress(ValueError):
        assert len(clean_nhs_number(text)) == 10


def test_one_changed_digit_is_always_found():
    number = "9990000018"
    changed = [
        number[:place] + other + number[place + 1 :]
        for place in range(10)
        for other in "0123456789"
        if other != number[place]
    ]
    for text in changed:
        with pytest.raises(ValueError, match="mistyped digit"):
            clean_nhs_number(text)


def test_ids_sort_by_the_time_they_were_made():
    keys = [new_id() for _ in range(500)]

    assert {(key.version, key.variant) for key in keys} == {(7, "specified in RFC 4122")}
    assert keys == sorted(keys)
    assert len(set(keys)) == 500
