"""The rules every view keeps, read off the URLconf and the code rather than trusted to review."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver

# Reached before a role is known, or by somebody who has none.
OPEN = {
    "sign_in", "sign_out", "signed_out", "partnership_change", "sign_in_as", "component_gallery",
}  # fmt: skip
ROOT = Path(settings.BASE_DIR)


def all_patterns(patterns=None):
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from all_patterns(pattern.url_patterns)


def view_files():
    for app in settings.LOCAL_APPS:
        yield from (ROOT / app).glob("views.py")
        yield from (ROOT / app).glob("views/*.py")


@pytest.mark.parametrize("pattern", list(all_patterns()), ids=str)
def test_every_view_states_its_permission(pattern):
    assert pattern.name in OPEN or hasattr(pattern.callback, "permission")


@pytest.mark.parametrize("pattern", list(all_patterns()), ids=str)
def test_every_address_is_named_after_its_view(pattern):
    assert pattern.name == pattern.callback.__name__


@pytest.mark.parametrize("path", sorted(view_files()), ids=lambda p: str(p.relative_to(ROOT)))
def test_views_only_read_records_the_user_may_see(path):
    unscoped = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "objects"
        and node.attr != "visible_to"
        and "accounts" not in path.parts
        and "demo" not in path.parts
    ]
    assert unscoped == []
