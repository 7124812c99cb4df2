"""The promises of set-up: pinned and explained packages, no host named, assets as we serve them."""

import hashlib
import importlib.util
import json
import re
import subprocess
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parents[2]
VENDOR = BASE / "static" / "vendor"


def load_script(name):
    spec = importlib.util.spec_from_file_location(name, BASE / "scripts" / f"{name}.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


def requirement_lines(name):
    lines = (BASE / name).read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def served_text():
    return [path for path in VENDOR.rglob("*") if path.suffix in {".css", ".js"}]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_each_requirement_is_pinned_and_says_what_it_is_for(name):
    unexplained = [
        line
        for line in requirement_lines(name)
        if not re.fullmatch(r"(-r requirements\.txt|[\w-]+==[\w.]+)  # \w.+", line)
    ]

    assert unexplained == []


def test_package_lock_names_no_registry():
    lock = json.loads((BASE / "package-lock.json").read_text())

    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all(package["integrity"] for name, package in lock["packages"].items() if name)


def test_ci_runs_make_test():
    assert (BASE / ".ci/run").read_text().splitlines()[-1] == "exec make test"


def test_scripts_may_be_run():
    scripts = ["scripts/setup.sh", "scripts/test.sh", "scripts/lint.sh", ".ci/run", "manage.py"]

    assert [name for name in scripts if not (BASE / name).stat().st_mode & 0o100] == []


def test_scripts_are_sound_bash():
    for script in (BASE / "scripts").glob("*.sh"):
        check = subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False)

        assert (script.name, check.stderr) == (script.name, "")


def test_every_verb_explains_itself():
    makefile = (BASE / "Makefile").read_text()
    verbs = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split()

    assert re.findall(r"^([a-z-]+):[^=\n]*## \S", makefile, re.MULTILINE) == verbs


def test_vendored_files_are_those_of_the_manifest():
    manifest = json.loads((VENDOR / "manifest.json").read_text())

    found = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }

    assert found == manifest["files"]


def test_vendored_files_use_no_licensed_font_and_no_missing_file():
    assert len(served_text()) == 4
    for path in served_text():
        text = path.read_text()
        assert not re.search("@font-face|GDS Transport|sourceMappingURL|/assets/", text), path


def test_vendored_stylesheets_name_only_images_that_are_there():
    for path in VENDOR.rglob("*.css"):
        images = re.findall(r"url\(([^)]+)\)", path.read_text())

        named_files = [image for image in images if not image.startswith('"data:')]
        assert [image for image in named_files if not (path.parent / image).is_file()] == []


def test_the_document_font_comes_in_its_three_styles_with_its_licence():
    names = {path.name for path in (VENDOR / "arimo").iterdir()}

    assert names >= {
        "LICENSE",
        "arimo-latin-400-normal.woff2",
        "arimo-latin-700-normal.woff2",
        "arimo-latin-400-italic.woff2",
        "arimo-latin-ext-400-normal.woff2",
    }


def test_mended_css_has_arial_and_addresses_that_hold_anywhere():
    css = (
        '@font-face{font-family:GDS Transport;src:url("/assets/fonts/a.woff2")}'
        "p{font-family:GDS Transport,arial,sans-serif}"
        "a{background:url(/assets/images/tick.svg)}"
        "footer{background-image:url(/assets/images/govuk-crest.svg)}"
        "/*# sourceMappingURL=x.css.map */"
    )

    assert load_script("build_assets").mend_css(css) == (
        "p{font-family:arial,Helvetica,sans-serif}"
        "a{background:url(images/tick.svg)}"
        "footer{background-image:none}"
    )


def test_tally_adds_up_runs(tmp_path):
    for name, counts in {
        "a.xml": 'tests="5" failures="1" errors="1" skipped="1"',
        "b.xml": 'tests="3" failures="0" errors="0" skipped="0"',
    }.items():
        (tmp_path / name).write_text(f"<testsuites><testsuite {counts}/></testsuites>")

    line = load_script("tally").tally([tmp_path / "a.xml", tmp_path / "b.xml"])

    assert line == "5 passed, 2 failed, 1 skipped"
