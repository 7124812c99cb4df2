"""Where things live can be told from their names."""

import tomllib
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
MIRRORED = {"operations", "queries", "policy", "views", "forms", "documents", "filters", "tasks"}
REFUSED = {"utils", "helpers", "common", "services", "managers", "misc"}
APPS = [app for app in settings.LOCAL_APPS if app != "core"]


def modules_of(app: str) -> list[Path]:
    return [path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]


def test_every_app_has_a_floor_in_the_tower():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    tower = contracts["contracts"][0]["layers"]
    floors = {name for floor in tower for name in floor.replace(" ", "").split("|")}
    assert floors == {*settings.LOCAL_APPS, "s117"}


@pytest.mark.parametrize("app", APPS)
def test_every_module_with_behaviour_has_its_test_file(app):
    tests = {path.stem for path in (ROOT / "tests" / app).rglob("test_*.py")}
    missing = [
        path.relative_to(ROOT).as_posix()
        for path in modules_of(app)
        if path.stem != "__init__" and MIRRORED & {path.stem, path.parent.name}
        if not any(path.stem in test or path.parent.name in test for test in tests)
    ]
    assert missing == []


@pytest.mark.parametrize("app", settings.LOCAL_APPS)
def test_no_module_hides_behind_a_vague_name(app):
    assert REFUSED & {path.stem for path in modules_of(app)} == set()


@pytest.mark.parametrize("app", settings.LOCAL_APPS)
def test_every_module_opens_with_a_sentence(app):
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in modules_of(app)
        if path.read_text().strip() and not path.read_text().lstrip().startswith('"""')
    ]
    assert silent == []


@pytest.mark.parametrize("app", settings.LOCAL_APPS)
def test_no_module_has_grown_past_reading(app):
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in modules_of(app)
        if (count := len(path.read_text().splitlines())) > 400
    }
    assert long == {}
