import logging
import sys

import pytest
from django.conf import settings

from core.logs import CUT, WithoutRows

ROW = "Failing row contains (7, 9991234567, Lovelace,\nAda, 1815-12-10)."
CLASH = (
    'duplicate key value violates unique constraint "one_patient"\n'
    "DETAIL:  Key (nhs_number)=(9991234567) already exists: Lovelace\nAda."
)


def logged(message, *args, exc_info=None):
    record = logging.LogRecord("s117", logging.ERROR, "", 1, message, args, exc_info)
    return WithoutRows("{levelname} {message}", style="{").format(record)


def raise_chained():
    try:
        raise ValueError(CLASH)
    except ValueError as clash:
        try:
            raise KeyError(ROW) from clash
        except KeyError:
            raise RuntimeError("the import stopped")  # noqa: B904


def has_nobody(text):
    return not any(word in text for word in ("9991234567", "Lovelace", "Ada", "1815"))


def test_a_traceback_keeps_the_constraint_and_loses_the_row():
    try:
        raise ValueError(CLASH)
    except ValueError:
        text = logged("Stopped", exc_info=sys.exc_info())

    assert has_nobody(text)
    assert 'unique constraint "one_patient"' in text
    assert text.startswith("ERROR Stopped\nTraceback (most recent call last):")
    assert text.endswith(CUT)


def test_each_exception_of_a_chain_loses_its_row_and_keeps_its_place():
    try:
        raise_chained()
    except RuntimeError:
        text = logged("Stopped", exc_info=sys.exc_info())

    assert has_nobody(text)
    assert text.count("Traceback (most recent call last):") == 3
    assert text.count(CUT) == 2
    assert text.endswith("RuntimeError: the import stopped")


@pytest.mark.parametrize(
    "quoted",
    [
        CLASH,
        ROW,
        "Key (nhs_number)=(9991234567) already exists.",
        repr(ValueError("Stopped\nDETAIL:  Ada Lovelace")),
    ],
)
def test_a_message_that_quotes_an_error_loses_the_row(quoted):
    text = logged("Task raised %s", quoted)

    assert has_nobody(text)
    assert text.startswith("ERROR Task raised")


def test_other_lines_stay_as_they_are():
    assert logged("Details: %s", "none") == "ERROR Details: none"


def test_the_log_is_written_so():
    assert settings.LOGGING["formatters"]["plain"]["()"] == "core.logs.WithoutRows"
