from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from audit.models import AuditEvent
from audit.operations import broken_links, record

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def three_lines(cast):
    for number in range(3):
        record("tests.done", on=cast.eastmere, by=cast.asha, at=NOON, number=number)
    return str(cast.eastmere.pk)


def test_record_names_the_target_without_a_foreign_key(cast):
    line = record("tests.done", on=cast.asha, by=cast.asha, at=NOON)

    assert (line.target_model, line.target_id) == ("accounts.user", str(cast.asha.pk))


def test_record_chains_each_partnership_by_itself(cast, three_lines):
    record("tests.done", on=cast.merebridge, by=cast.dev, at=NOON)

    numbers = AuditEvent.objects.values_list("chain", "number").order_by("chain", "number")
    assert sorted(numbers) == sorted(
        [(three_lines, 1), (three_lines, 2), (three_lines, 3), (str(cast.merebridge.pk), 1)]
    )


def test_a_whole_chain_has_no_broken_links(three_lines):
    assert broken_links(three_lines) == []


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE audit_auditevent SET event = 'x'",
        "DELETE FROM audit_auditevent",
    ],
)
def test_database_refuses_to_change_the_record(three_lines, attack):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(attack)


@pytest.mark.parametrize(
    ("attack", "broken"),
    [
        ("UPDATE audit_auditevent SET event = 'x' WHERE number = 2", [2]),
        ("DELETE FROM audit_auditevent WHERE number = 2", [3]),
        ("DELETE FROM audit_auditevent WHERE number = 3", [3]),
    ],
)
def test_what_a_database_owner_changes_is_found(three_lines, on_postgresql, attack, broken):
    with connection.cursor() as cursor:
        if on_postgresql:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be pending
            cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER audit_no_update")
            cursor.execute("DROP TRIGGER audit_no_delete")
        cursor.execute(attack)

    assert broken_links(three_lines) == broken
