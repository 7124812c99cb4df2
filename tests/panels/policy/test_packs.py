"""When a pack is tried again."""

from datetime import timedelta

import pytest

from panels.enums import PackStatus
from panels.policy.packs import after_failure, is_stale
from tests.cast import NOON


@pytest.mark.parametrize(
    ("started_at", "stale"),
    [
        (None, True),
        (NOON, False),
        (NOON - timedelta(seconds=119), False),
        (NOON - timedelta(seconds=120), True),
    ],
)
def test_is_stale(started_at, stale):
    assert is_stale(started_at, NOON) is stale


@pytest.mark.parametrize(
    ("attempts", "status"),
    [(1, PackStatus.REQUESTED), (2, PackStatus.REQUESTED), (3, PackStatus.FAILED)],
)
def test_after_failure(attempts, status):
    assert after_failure(attempts) == status
