"""How often a pack is tried and when one that never came is given up on."""

from datetime import datetime, timedelta

from panels.enums import PackStatus

MAX_ATTEMPTS = 3  # a pack that breaks its worker must not break it for ever
STALE_AFTER = timedelta(minutes=2)  # four times what the largest pack takes


def is_stale(started_at: datetime | None, at: datetime) -> bool:
    """Test whether whoever began a pack must have died over it."""
    return started_at is None or at - started_at >= STALE_AFTER


def after_failure(attempts: int) -> PackStatus:
    """Return what becomes of a pack that was begun and not made: tried again, or given up."""
    return PackStatus.REQUESTED if attempts < MAX_ATTEMPTS else PackStatus.FAILED
