"""Several people acting at one instant, on a database that has really committed."""

import threading

import pytest
from django.db import connection, connections


@pytest.fixture
def append_only_again(django_db_blocker):
    """Outlives the emptying of the tables after a test, and puts the audit's guard back."""
    yield
    with django_db_blocker.unblock():
        guard_audit("ENABLE")


@pytest.fixture
def committed(append_only_again, transactional_db):
    """Everything in this test commits; name it before `cast`. PostgreSQL only: rows are locked."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    yield
    guard_audit("DISABLE")  # so that the tables can be emptied after the test


def guard_audit(verb):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE audit_auditevent {verb} TRIGGER USER")


def race(*calls):
    """Start all calls at one instant, each with its own connection; return what each came to."""
    gate = threading.Barrier(len(calls))
    results = [""] * len(calls)

    def run(number, call):
        try:
            gate.wait(timeout=10)
            call()
            results[number] = "done"
        except Exception as error:
            results[number] = type(error).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(results)
