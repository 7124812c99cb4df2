"""Bringing a matrix into use."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Partnership, User
from audit.operations import record
from matrices import queries
from matrices.enums import (
    Event,
    VersionStatus,
)
from matrices.models import Matrix, MatrixVersion
from matrices.policy.content import canonical_hash
from matrices.policy.parsing import parse_definition


@transaction.atomic
def add_matrix(
    *,
    partnership: Partnership,
    document: dict[str, Any],
    starts_on: date | None = None,
    by: User | None,
    at: datetime,
) -> Matrix:
    """Give a partnership a matrix, its first version in force from `starts_on`, else from today."""
    definition = parse_definition(document)
    matrix = Matrix.objects.create(
        partnership=partnership,
        client_group=definition.client_group,
        is_sample=definition.is_sample,
    )
    record(Event.MATRIX_ADDED, on=partnership, by=by, at=at, matrix=matrix.pk)
    version = MatrixVersion.objects.create(
        matrix=matrix,
        number=1,
        status=VersionStatus.IN_FORCE,
        definition=definition.as_json(),
        sha256=canonical_hash(definition.as_json()),
        effective_from=starts_on or at.astimezone(timezone.get_current_timezone()).date(),
    )
    record(Event.VERSION_IN_FORCE, on=version, by=by, at=at, sha256=version.sha256)
    return matrix


def add_sample_matrices(
    *, partnership: Partnership, starts_on: date | None = None, by: User | None, at: datetime
) -> list[Matrix]:
    """Give a partnership the sample matrix of each client group."""
    return [
        add_matrix(partnership=partnership, document=it, starts_on=starts_on, by=by, at=at)
        for it in queries.sample_documents()
    ]
