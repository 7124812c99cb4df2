"""One decorator per kind of view: it states who may call it and whether it may write."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.enums import Permission

View = Callable[..., HttpResponse]
HARMLESS = ("SELECT", "EXPLAIN", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")
SEEN = ("audit_auditevent", "audit_chain")  # looking is itself recorded


def read_view(permission: Permission) -> Callable[[View], View]:
    """A page that shows something and changes nothing; that it was looked at may be recorded."""
    return _guard(permission, reads=["GET", "HEAD"], writes=[])


def edit_view(permission: Permission) -> Callable[[View], View]:
    """A form: shown on GET, saved on POST."""
    return _guard(permission, reads=["GET", "HEAD"], writes=["POST"])


def post_view(permission: Permission) -> Callable[[View], View]:
    """A button: it acts on POST and redirects."""
    return _guard(permission, reads=[], writes=["POST"])


def _guard(
    permission: Permission, *, reads: list[str], writes: list[str]
) -> Callable[[View], View]:
    def decorator(view: View) -> View:
        @require_http_methods([*reads, *writes])
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.may(permission):
                raise PermissionDenied
            if request.method in writes:
                with transaction.atomic():
                    return view(request, *args, **kwargs)
            with connection.execute_wrapper(_forbid_writes):
                return view(request, *args, **kwargs)

        guarded.permission = permission  # read by tests/architecture
        return guarded

    return decorator


def _forbid_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    harmless = sql.lstrip("( ").upper().startswith(HARMLESS)
    if not harmless and not any(table in sql for table in SEEN):
        raise RuntimeError(f"A read-only view tried to write: {sql[:80]}")
    return execute(sql, params, many, context)
