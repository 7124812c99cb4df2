"""Strictness for every test: the mistakes that would otherwise pass in silence."""

import socket
from datetime import datetime

import pytest
from django.db import connection, connections
from django.db.models import DateField, DateTimeField

pytest_plugins = ["tests.cast"]


@pytest.fixture(autouse=True, scope="session")
def a_date_is_never_silently_a_datetime():
    original = DateField.pre_save

    def strict(self, instance, add):
        value = getattr(instance, self.attname)
        if not isinstance(self, DateTimeField) and isinstance(value, datetime):
            raise TypeError(f"{self} was given a datetime")
        return original(self, instance, add)

    DateField.pre_save = strict
    yield
    DateField.pre_save = original


@pytest.fixture(autouse=True, scope="session")
def nothing_leaves_this_machine():
    """A test that reaches another machine fails; this one's own addresses are open."""
    original = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])
            if host not in ("localhost", "::1") and not host.startswith("127."):
                raise RuntimeError(f"a test tried to reach {host}")
        return original(self, address)

    socket.socket.connect = guarded
    yield
    socket.socket.connect = original


@pytest.fixture
def on_postgresql():
    return connections["default"].vendor == "postgresql"


@pytest.fixture
def committed(_record_protected_again, transactional_db):
    """For races, on PostgreSQL: threads see each other's work, and afterwards all of it goes."""
    yield
    _on_the_record("DISABLE TRIGGER USER")  # else the audit's triggers refuse to be emptied


@pytest.fixture
def _record_protected_again(django_db_setup, django_db_blocker):
    yield
    with django_db_blocker.unblock():
        _on_the_record("ENABLE TRIGGER USER")


def _on_the_record(change):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE audit_auditevent {change}")
