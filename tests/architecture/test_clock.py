"""The clock is read in views, tasks, commands and middleware only; below, the day is given."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
MAY = {"views", "tasks", "management", "commands", "middleware", "context_processors"}
CLOCKS = {"now", "today", "utcnow", "localdate", "localtime"}


def modules_below():
    for app in settings.LOCAL_APPS:
        for path in (ROOT / app).rglob("*.py"):
            inside = path.relative_to(ROOT)
            if not MAY & {*inside.parts, inside.stem} and "migrations" not in inside.parts:
                yield path


@pytest.mark.parametrize("path", sorted(modules_below()), ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_below_the_interface_reads_the_clock(path):
    reads = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"timezone", "datetime", "date"}
    ]
    assert reads == []
