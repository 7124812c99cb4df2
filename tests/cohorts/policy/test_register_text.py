from datetime import date, datetime, time

import pytest

from cohorts.policy.register_text import as_stored, as_text, is_nothing, is_unknown, squeeze


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "TRUE"),
        (9998618959.0, "9998618959"),
        (3251.46, "3251.46"),
        (float("nan"), "nan"),
        (datetime.fromisoformat("2018-01-30"), "2018-01-30"),
        (datetime.fromisoformat("2018-01-30 09:30"), "2018-01-30 09:30:00"),
        (date(2018, 1, 30), "2018-01-30"),
        (time(9, 30), "09:30:00"),
        ("  Zoe\u0308 ", "Zoë"),
        ("one\r\ntwo_x000D_", "one\ntwo"),
        ("a\x00b\u202ec\u200bd", "abcd"),
        ("lone \ud800", "lone \ufffd"),
        ("=1+1", "=1+1"),
    ],
)
def test_as_text(value, text):
    assert as_text(value) == text


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (None, None),
        (False, False),
        (3251.46, 3251.46),
        (float("inf"), "inf"),
        (2**60, str(2**60)),
        (date(2018, 1, 30), "2018-01-30"),
        ("TBC", "TBC"),
    ],
)
def test_as_stored(value, stored):
    assert as_stored(value) == stored


def test_squeeze_makes_one_plain_line():
    assert squeeze("a\u00a0 b\n c１") == "a b c1"


@pytest.mark.parametrize("word", ["", "-", "n/a", "N/A", "None"])
def test_is_nothing(word):
    assert is_nothing(word)


@pytest.mark.parametrize("word", ["?", "TBC", "not known", "Unknown.", "n/k"])
def test_is_unknown(word):
    assert is_unknown(word)
    assert not is_nothing(word)
