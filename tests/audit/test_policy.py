from datetime import UTC, datetime, timedelta, timezone

import pytest

from audit.policy import fingerprint

LINE = {
    "previous_hash": "0" * 64,
    "chain": "a",
    "number": 1,
    "event": "tests.done",
    "target": "accounts.user:1",
    "actor": "2",
    "occurred_at": datetime(2026, 3, 2, 12, tzinfo=UTC),
    "detail": {"a": 1, "b": [2]},
}


@pytest.mark.parametrize("field", LINE)
def test_a_fingerprint_changes_with_each_part_of_a_line(field):
    changed = {"number": 2, "occurred_at": LINE["occurred_at"] + timedelta(microseconds=1)}
    other = LINE | {field: changed.get(field, {} if field == "detail" else "other")}

    assert fingerprint(**other) != fingerprint(**LINE)


def test_a_fingerprint_knows_one_instant_in_any_time_zone():
    moved = LINE["occurred_at"].astimezone(timezone(timedelta(hours=1)))

    assert fingerprint(**LINE | {"occurred_at": moved}) == fingerprint(**LINE)
