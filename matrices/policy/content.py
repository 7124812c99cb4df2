"""The one text of what people put their name to, and its hash."""

import hashlib
from collections.abc import Mapping
from typing import Any

from matrices.policy.calculation import canonical_json


def canonical_hash(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of plain JSON content, the same whatever the order of its fields."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()
