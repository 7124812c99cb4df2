"""What a journey needs: Eastmere, a browser, a real worker, and people who sign in."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from celery.contrib.testing.worker import start_worker
from django.core.cache import cache
from django.core.management import call_command
from playwright.sync_api import Browser, Page, sync_playwright

from accounts.models import User
from s117.celery import app

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop of its own
PASSWORD = "walk the whole path"
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 800}
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert chromium, "Chromium is needed for the journeys; make test installs it."
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=chromium, args=["--disable-background-networking", "--disable-sync"]
        )


@pytest.fixture
def worker(transactional_db, monkeypatch) -> Iterator[None]:
    """A real Celery worker on the real broker, for as long as the test runs."""
    monkeypatch.setattr(app.conf, "task_always_eager", False)
    app.control.purge()
    cache.clear()
    with start_worker(app, perform_ping_check=False, pool="solo", shutdown_timeout=30):
        yield


@pytest.fixture
def calendar(transactional_db) -> None:
    call_command("load_bank_holidays", verbosity=0)


class Visitor:
    """Somebody at a browser: signs in, and leaves no page unchecked."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._listen)

    def _listen(self, message) -> None:
        if message.type == "error" and "404" not in message.text and "409" not in message.text:
            self.complaints.append(message.text)

    def sign_in(self, user: User) -> "Visitor":
        self.open("/account/sign-in/")
        self.page.get_by_label("E-mail address").fill(user.email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        return self

    def open(self, path: str) -> "Visitor":
        self.page.goto(f"{self.address}{path}")
        return self

    def follow(self, name: str) -> "Visitor":
        self.page.get_by_role("link", name=name, exact=True).first.click()
        return self

    def press(self, name: str) -> "Visitor":
        self.page.get_by_role("button", name=name, exact=True).first.click()
        return self

    def text(self) -> str:
        return self.page.locator("body").inner_text().replace("\N{NO-BREAK SPACE}", " ")

    def check(self, *words: str) -> "Visitor":
        """Assert that the page says these words, is accessible, fits 320 px, and is quiet."""
        said = self.text()
        assert [word for word in words if word not in said] == [], said
        violations = Axe().run(self.page, options=RULES).response["violations"]
        found = [(one["id"], one["nodes"][0]["html"]) for one in violations]
        assert found == [], f"{self.page.url}: {found}"
        self.page.set_viewport_size(NARROW)
        overflow = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        self.page.set_viewport_size(WIDE)
        assert overflow <= 0, f"{self.page.url} is {overflow} px too wide at 320 px"
        assert self.complaints == []
        return self

    def picture(self, name: str) -> None:
        """Keep a picture where PICTURES says, for a person to look at."""
        folder = os.environ.get("PICTURES")
        if folder:
            for width in (1280, 375):
                self.page.set_viewport_size({"width": width, "height": 800})
                self.page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
            self.page.set_viewport_size(WIDE)


@pytest.fixture
def visit(browser, live_server) -> Iterator:
    """Open a browser of one's own and sign in: `visit(cast.asha)`."""
    contexts = []

    def come(user: User | None = None) -> Visitor:
        context = browser.new_context(viewport=WIDE, locale="en-GB", timezone_id="Europe/London")
        context.set_default_timeout(15_000)
        contexts.append(context)
        visitor = Visitor(context.new_page(), live_server.url)
        if user is not None:
            user.set_password(PASSWORD)
            user.save()
            visitor.sign_in(user)
        return visitor

    yield come
    for context in contexts:
        context.close()
