"""How one line of the record is tied to the line before it."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any


def fingerprint(
    *,
    previous_hash: str,
    chain: str,
    number: int,
    event: str,
    target: str,
    actor: str,
    occurred_at: datetime,
    detail: dict[str, Any],
) -> str:
    """Return the SHA-256 of a line and of the hash of the line before it, as 64 hex digits."""
    line = [previous_hash, chain, number, event, target, actor]
    line += [occurred_at.astimezone(UTC).isoformat(timespec="microseconds"), detail]
    return hashlib.sha256(
        json.dumps(line, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()
