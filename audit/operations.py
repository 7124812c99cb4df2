"""Writing the record. `record` is the last line of every operation, in its transaction."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from audit.models import AuditEvent, Chain
from audit.policy import fingerprint


@transaction.atomic
def record(
    event: str,
    *,
    on: models.Model,
    by: models.Model | None,
    at: datetime,
    **detail: Any,
) -> AuditEvent:
    """Add one line about `on`, in the chain of its `partnership_id` ("system" without one).

    `by` is a user, or None for the system itself. `detail` must hold no name, NHS number or
    date of birth.
    """
    key = str(getattr(on, "partnership_id", None) or "system")
    Chain.objects.get_or_create(key=key)
    chain = Chain.objects.select_for_update().get(key=key)
    line = AuditEvent(
        chain=key,
        number=chain.length + 1,
        event=str(event),
        target_model=on._meta.label_lower,
        target_id=str(on.pk),
        actor_id=by.pk if by else None,
        occurred_at=at,
        detail=json.loads(json.dumps(detail, cls=DjangoJSONEncoder)),
        previous_hash=chain.last_hash,
    )
    line.hash = hash_of(line)
    line.save()
    chain.length, chain.last_hash = line.number, line.hash
    chain.save(update_fields=["length", "last_hash"])
    return line


def hash_of(line: AuditEvent) -> str:
    """Return the hash that a line ought to carry."""
    return fingerprint(
        previous_hash=line.previous_hash,
        chain=line.chain,
        number=line.number,
        event=line.event,
        target=f"{line.target_model}:{line.target_id}",
        actor=str(line.actor_id or ""),
        occurred_at=line.occurred_at,
        detail=line.detail,
    )


def broken_links(key: str) -> Sequence[int]:
    """Return the numbers of the lines at which a chain does not hold, in order."""
    broken, previous, expected = [], Chain(key=key).last_hash, 1
    for line in AuditEvent.objects.filter(chain=key).order_by("number").iterator(2000):
        if (line.number, line.previous_hash, line.hash) != (expected, previous, hash_of(line)):
            broken.append(line.number)
        previous, expected = line.hash, line.number + 1
    end = Chain.objects.filter(key=key).first() or Chain(key=key)
    if (end.length, end.last_hash) != (expected - 1, previous):
        broken.append(expected)
    return broken
