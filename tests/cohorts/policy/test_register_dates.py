from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.policy.register_dates import read_birth_date, read_date

TODAY = date(2018, 11, 30)


def read(value):
    return read_date(value, "next_review_due", today=TODAY)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (datetime.fromisoformat("2018-01-30"), date(2018, 1, 30)),
        (date(2018, 1, 30), date(2018, 1, 30)),
        ("2018-01-30", date(2018, 1, 30)),
        ("2018-01-30 00:00:00", date(2018, 1, 30)),
        ("2018-01-30T00:00:00", date(2018, 1, 30)),
        ("30/01/2018", date(2018, 1, 30)),
        (" 28/10/2018 ", date(2018, 10, 28)),
        ("03/04/2019", date(2019, 4, 3)),  # the day comes first here
        ("1/2/18", date(2018, 2, 1)),
        ("02.06.09", date(2009, 6, 2)),
        ("22-02-19", date(2019, 2, 22)),
        ("01.03.97", date(1997, 3, 1)),
        ("12 Mar 1997", date(1997, 3, 12)),
        ("12-Mar-97", date(1997, 3, 12)),
        ("3rd Feb 2018", date(2018, 2, 3)),
        ("Sat 3rd of February, 2018", date(2018, 2, 3)),
        ("March 4, 2018", date(2018, 3, 4)),
        ("4 Sept 2018", date(2018, 9, 4)),
        ("30\u00a0Jan\u00a02018", date(2018, 1, 30)),
        (43130, date(2018, 1, 30)),
        (43130.0, date(2018, 1, 30)),
        ("43130", date(2018, 1, 30)),
        (20180130, date(2018, 1, 30)),
        ("30012018", date(2018, 1, 30)),
    ],
)
def test_read_date_in_the_notations_people_use(value, day):
    cell = read(value)

    assert (cell.value, cell.problem) == (day, None)


@pytest.mark.parametrize(
    "value",
    [
        "TBC",
        "Spring",
        "Oct 2018",
        "10/2018",
        "1975",
        1975,
        "31/02/1975",
        "04/13/81",
        "13/13/2018",
        "12/03/2018 or 13/03/2018",
        "unknown",
        "30/01/1066",
        "0",
        -3,
        1e300,
        float("nan"),
        True,
        time(9, 30),
        timedelta(days=2),
        "#VALUE!",
        "=TODAY()",
        "30/01.2018",
        "١٢/٠٣",
    ],
)
def test_read_date_never_guesses(value):
    cell = read(value)

    assert cell.value is None
    assert cell.problem.word == "next_review_due_unreadable"
    assert cell.problem.sentence


@pytest.mark.parametrize("value", [None, "", "  ", "n/a", "-"])
def test_read_date_leaves_nothing_as_nothing(value):
    assert (read(value).value, read(value).problem) == (None, None)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("Oct 2018", "The day is missing; type the whole date, like 4 March 2027"),
        ("1975", "Only a year is given; type the whole date, like 4 March 2027"),
        ("31/02/1975", "There is no such day, read as day, month, year; correct it"),
        ("TBC", "This is not a date; type it like 4 March 2027, or leave it empty"),
    ],
)
def test_read_date_says_what_to_do(value, sentence):
    assert read(value).problem.sentence == sentence


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("12.05.91", date(1991, 5, 12)),
        ("14/08/63", date(1963, 8, 14)),
        ("16.10.45", date(1945, 10, 16)),
        ("01.01.19", date(1919, 1, 1)),  # 2019 would lie ahead
        ("01/06/2001", date(2001, 6, 1)),
    ],
)
def test_read_birth_date_is_past(value, day):
    assert read_birth_date(value, today=TODAY).value == day


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (datetime.fromisoformat("2031-01-01"), "born_on_in_future"),
        ("01/12/2018", "born_on_in_future"),
        ("01.01.15", "born_on_unreadable"),  # 1915 or 2015
        ("unknown", "born_on_unreadable"),
        (None, "born_on_missing"),
    ],
)
def test_read_birth_date_waits(value, word):
    assert read_birth_date(value, today=TODAY).problem.word == word


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(
        ["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%d%m%Y", "%d-%b-%Y"]
    ),
)
def test_read_date_round_trip(day, notation):
    assert read(day.strftime(notation)).value == day


@given(st.dates(date(1918, 12, 1), date(2008, 12, 31)))
def test_read_birth_date_round_trip_with_two_digits(day):
    assert read_birth_date(day.strftime("%d.%m.%y"), today=TODAY).value == day


@given(st.dates(date(1906, 1, 9), date(2099, 12, 31)))
def test_read_date_round_trip_as_a_serial_number(day):
    assert read((day - date(1899, 12, 30)).days).value == day


@given(st.text() | st.floats() | st.integers() | st.none() | st.datetimes() | st.timedeltas())
def test_read_date_never_raises(value):
    cell = read(value)

    assert cell.value is None or cell.problem is None
