"""Somebody at a browser, who signs in, types, presses, and leaves no page unchecked."""

import os
import re
from datetime import date
from functools import reduce
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, TimeoutError

from accounts.models import User

PASSWORD = "walk the whole path"
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 800}
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
MEANT = re.compile(
    r"\b(401|404|409)\b"  # refusals that a journey walks into on purpose
    r"|htmx:(sendAbort|afterRequest)"  # a sum given up because the sheet has changed again
)


class Visitor:
    """One person in a browser context of their own."""

    def __init__(self, page: Page, address: str, *, runs_scripts: bool = True) -> None:
        self.page, self.address, self.runs_scripts = page, address, runs_scripts
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._listen)

    def _listen(self, message) -> None:
        if message.type == "error" and not MEANT.search(message.text):
            self.complaints.append(message.text)

    # Going

    def session_ends(self) -> "Visitor":
        self.page.context.clear_cookies(name="sessionid")
        return self

    def sign_in(self, user: User) -> "Visitor":
        self.open("/account/sign-in/")
        return self.give_password(user)

    def give_password(self, user: User) -> "Visitor":
        self.fill("E-mail address", user.email)
        self.fill("Password", PASSWORD)
        return self.press("Sign in")

    def open(self, path: str) -> "Visitor":
        self.page.goto(f"{self.address}{path}")
        return self

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address)

    def find(self, name: str, *roles: str) -> Locator:
        """Return the link or button called exactly so, else the first whose name begins so."""
        exact, begins = self._called(name, roles), self._called(_beginning(name), roles)
        try:
            exact.or_(begins).first.wait_for()
        except TimeoutError as late:
            raise AssertionError(f"{self.path} has no “{name}”: {self.said}") from late
        return (exact if exact.count() else begins).first

    def _called(self, name: str | re.Pattern, roles: tuple[str, ...]) -> Locator:
        first, *others = [
            self.page.get_by_role(role, name=name, exact=isinstance(name, str))
            for role in roles or ("link", "button")
        ]
        return reduce(Locator.or_, others, first)

    def press(self, name: str) -> "Visitor":
        """Press a button, or follow a link."""
        self.find(name).click()
        return self

    def search(self, words: str) -> "Visitor":
        self.fill("Reference, NHS number or surname", words)
        return self.press("Search")

    # Typing, in the whole page or `within` a part of it (a CSS selector)

    def fill(self, label: str, text: str, within: str = "body") -> "Visitor":
        self.labelled(label, within).fill(text)
        return self

    def select(self, label: str, option: str, within: str = "body") -> "Visitor":
        self.labelled(label, within).select_option(label=option)
        return self

    def choose(self, question: str, answer: str, within: str = "body") -> "Visitor":
        """Choose a radio of the group that asks this."""
        self._group(question, within).get_by_role("radio", name=_beginning(answer)).first.check()
        return self

    def tick(self, label: str) -> "Visitor":
        self.page.get_by_role("checkbox", name=re.compile(re.escape(label))).first.check()
        return self

    def fill_day(self, question: str, day: date, within: str = "body") -> "Visitor":
        group = self._group(question, within)
        for part in ("day", "month", "year"):
            group.get_by_label(part.capitalize(), exact=True).fill(str(getattr(day, part)))
        return self

    def labelled(self, label: str, within: str = "body") -> Locator:
        part = self.page.locator(within)
        part.wait_for()  # a row that was asked for comes with the next page
        exact = part.get_by_label(label, exact=True)
        return (exact if exact.count() else part.get_by_label(label)).first

    def _group(self, question: str, within: str) -> Locator:
        part = self.page.locator(within)
        return part.get_by_role("group", name=re.compile(re.escape(question))).first

    # Looking

    def text(self) -> str:
        return " ".join(self.page.locator("body").inner_text().split())

    @property
    def said(self) -> str:
        """The page's own part, for messages."""
        text = self.text()
        return (text.partition(" Search ")[2] or text)[:4000]

    def sees(self, *words: str, seconds: int = 10) -> "Visitor":
        """Assert that the page says these words, or comes to."""
        for _ in range(seconds * 10):
            said = self.text()
            missing = [word for word in words if " ".join(word.split()) not in said]
            if not missing:
                return self
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{self.path} does not say {missing}: {self.said}")

    def check(self, *words: str) -> "Visitor":
        """Assert that the page says these words, is accessible, fits 320 px, and is quiet."""
        self.sees(*words)
        if self.runs_scripts:  # axe is one itself
            assert self.violations() == [], f"{self.path}: {self.violations()}"
        assert self.overflow() <= 0, f"{self.path} is {self.overflow()} px too wide at 320 px"
        assert self.complaints == [], f"{self.path}: {self.complaints}"
        return self

    def violations(self) -> list[tuple[str, list[str]]]:
        """Return which rules of WCAG the page breaks, and where."""
        found = Axe().run(self.page, options=RULES).response["violations"]
        return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than a 320 px screen."""
        self.page.set_viewport_size(NARROW)
        wider = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        self.page.set_viewport_size(WIDE)
        return wider

    def picture(self, name: str) -> "Visitor":
        """Keep a picture where PICTURES says, for a person to look at."""
        if folder := os.environ.get("PICTURES"):
            for width in (1280, 375):
                self.page.set_viewport_size({"width": width, "height": 800})
                self.page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
            self.page.set_viewport_size(WIDE)
        return self


def _beginning(name: str) -> re.Pattern:
    return re.compile(rf"^\s*{re.escape(name)}")
