"""Meeting days and deadlines, on the real calendar of England and Wales."""

from datetime import date

import holidays
import pytest

from panels.policy.calendar import deadlines, meeting_days, moved_off, rhythm_in_words

BANK_HOLIDAYS = frozenset(holidays.country_holidays("GB", subdiv="ENG", years=[2026, 2027]))


def test_deadlines_leave_out_weekends_and_bank_holidays():
    days = deadlines(
        held_on=date(2027, 1, 7), papers_days=5, pack_days=3, bank_holidays=BANK_HOLIDAYS
    )

    assert days.papers_close_on == date(2026, 12, 30)  # a Wednesday
    assert days.pack_due_on == date(2027, 1, 4)


def test_meeting_days_of_a_fortnightly_panel_count_from_the_anchor():
    days = meeting_days(
        rhythm="fortnightly",
        anchor_on=date(2026, 11, 26),
        first=date(2026, 12, 1),
        last=date(2027, 1, 31),
        bank_holidays=BANK_HOLIDAYS,
    )

    assert days == [
        date(2026, 12, 10),
        date(2026, 12, 24),
        date(2027, 1, 7),
        date(2027, 1, 21),
    ]


def test_meeting_days_of_a_monthly_panel_keep_the_nth_weekday():
    days = meeting_days(
        rhythm="monthly",
        anchor_on=date(2026, 11, 10),  # the second Tuesday
        first=date(2026, 11, 1),
        last=date(2027, 2, 28),
        bank_holidays=BANK_HOLIDAYS,
    )

    assert days == [date(2026, 11, 10), date(2026, 12, 8), date(2027, 1, 12), date(2027, 2, 9)]


def test_meeting_days_anchored_on_a_fifth_weekday_are_the_last_of_each_month():
    days = meeting_days(
        rhythm="monthly",
        anchor_on=date(2026, 10, 29),  # the fifth Thursday
        first=date(2026, 10, 1),
        last=date(2027, 1, 31),
        bank_holidays=set(),
    )

    assert days == [date(2026, 10, 29), date(2026, 11, 26), date(2026, 12, 31), date(2027, 1, 28)]


def test_meeting_days_on_a_bank_holiday_move_to_the_next_working_day():
    days = meeting_days(
        rhythm="fortnightly",
        anchor_on=date(2026, 12, 11),
        first=date(2026, 12, 1),
        last=date(2026, 12, 31),
        bank_holidays=BANK_HOLIDAYS,
    )

    assert days == [date(2026, 12, 11), date(2026, 12, 29)]


def test_meeting_days_never_come_before_the_anchor():
    days = meeting_days(
        rhythm="fortnightly",
        anchor_on=date(2027, 1, 7),
        first=date(2026, 1, 1),
        last=date(2027, 1, 10),
        bank_holidays=set(),
    )

    assert days == [date(2027, 1, 7)]


def test_moved_off_goes_back_when_the_next_working_day_is_taken():
    day = moved_off(date(2026, 12, 25), taken=[date(2026, 12, 29)], bank_holidays=BANK_HOLIDAYS)

    assert day == date(2026, 12, 24)


@pytest.mark.parametrize(
    ("rhythm", "anchor_on", "words"),
    [
        ("fortnightly", date(2026, 11, 26), "fortnightly on Thursdays"),
        ("monthly", date(2026, 11, 10), "the second Tuesday of the month"),
        ("monthly", date(2026, 10, 29), "the last Thursday of the month"),
    ],
)
def test_rhythm_in_words(rhythm, anchor_on, words):
    assert rhythm_in_words(rhythm, anchor_on) == words
