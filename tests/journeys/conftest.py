"""What a journey needs: a browser, a real worker, a place that works, and people who sign in."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from celery.contrib.testing.worker import start_worker
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from cohorts.enums import Rhythm
from cohorts.operations.cohorts import add_cohort
from core.models import BankHoliday
from matrices.operations.matrices import add_sample_matrices
from panels.enums import Seat
from panels.operations.meetings import MemberInput, add_panel, plan_meetings
from reviews.operations.booking import book_review, start_writing
from s117.celery import app
from tests.factories import CaseFactory
from tests.journeys.visitor import PASSWORD, WIDE, Visitor

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop of its own
BEGAN = datetime(2018, 1, 2, 9, tzinfo=UTC)  # when the place was set up
TWO_MONTHS = timedelta(days=61)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert chromium, "Chromium is needed for the journeys; make test installs it."
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=chromium, args=["--disable-background-networking", "--disable-sync"]
        )


@pytest.fixture
def worker(committed) -> Iterator[None]:
    """A real Celery worker on the real broker, for as long as the test runs."""
    app.conf.task_always_eager = False
    app.control.purge()
    cache.clear()
    with start_worker(app, perform_ping_check=False, pool="solo", shutdown_timeout=30):
        yield
    app.conf.task_always_eager = True


@pytest.fixture(scope="session")
def site() -> Iterator[LiveServer]:
    """The whole site on a port of its own.

    Not pytest-django's own fixture, which would empty the database before `committed` may.
    """
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def visit(browser, committed, site) -> Iterator:
    """Open a browser of one's own and sign in: `visit(cast.asha)`."""
    contexts = []

    def come(user: User | None = None, *, runs_scripts: bool = True) -> Visitor:
        context = browser.new_context(
            viewport=WIDE,
            locale="en-GB",
            timezone_id="Europe/London",
            java_script_enabled=runs_scripts,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        visitor = Visitor(context.new_page(), site.url, runs_scripts=runs_scripts)
        if user is not None:
            user.set_password(PASSWORD)
            user.save()
            visitor.sign_in(user)
        return visitor

    yield come
    for context in contexts:
        context.close()


@pytest.fixture
def place(committed, cast) -> SimpleNamespace:
    """Eastmere ready to work: bank holidays, cohorts, sample matrices, a panel that sits soon."""
    call_command("load_bank_holidays", verbosity=0)
    place, lead = cast.eastmere, cast.poppy
    cohorts = {
        name: add_cohort(partnership=place, name=name, reviewed_by=who, by=lead, at=BEGAN)
        for name, who in (("A", "the S117 team"), ("B", "the CPA review"), ("C", "the CPA review"))
    }
    add_sample_matrices(partnership=place, by=lead, at=BEGAN)
    panel = _panel(cast, cohorts.values(), timezone.localdate())
    return SimpleNamespace(partnership=place, cohorts=cohorts, panel=panel)


def _panel(cast, cohorts, today: date):
    members = [
        MemberInput(name="Chloe Marsh", seat=Seat.CHAIR, body="Independent", user=cast.chloe),
        MemberInput(name="Lara Quist", seat=Seat.COUNCIL, body="Eastmere Council", user=cast.lara),
        MemberInput(name="Ian Frost", seat=Seat.ICB, body="Eastmere ICB", user=cast.ian),
        MemberInput(name="Dr Stella Lowe", seat=Seat.CLINICIAN, body="Eastmere NHS trust"),
    ]
    panel = add_panel(
        partnership=cast.eastmere,
        name="Eastmere panel",
        cohorts=cohorts,
        rhythm=Rhythm.FORTNIGHTLY,
        anchor_on=today + timedelta(days=-today.weekday(), weeks=1),
        starts_at_time=time(10),
        members=members,
        place="Committee room 2",
        by=cast.paula,
        at=BEGAN,
    )
    plan_meetings(
        panel=panel,
        until=today + TWO_MONTHS,
        bank_holidays=BankHoliday.objects.days(),
        by=cast.paula,
        at=timezone.now(),
    )
    return panel


@pytest.fixture
def review_begun(place, cast):
    """A review of Asha's, held today and not written yet."""
    case = CaseFactory(partnership=cast.eastmere, care_coordinator=cast.asha, overdue=True)
    today, now = timezone.localdate(), timezone.now()
    booked = book_review(case=case, booked_for=today, by=cast.asha, at=now)
    return start_writing(review=booked, held_on=today, by=cast.asha, at=now)
