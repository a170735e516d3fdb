"""The front end of the live page: the committed build equals the source and stands alone."""

import json
import re
import shutil
import subprocess

import pytest

from workshop.course import ROOT

SOURCE = ROOT / "frontend"
BUILT = ROOT / "docs" / "_static" / "live"
FILES = ("live.js", "live.css", "NOTICES.txt")


def run(folder, *words):
    return subprocess.run(
        words, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.slow
def test_the_committed_build_equals_the_source(frontend, tmp_path):
    """A new build gives the same files as those that are committed."""
    done = run(frontend, "node", "build.mjs", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in BUILT.iterdir()) == sorted(FILES)
    for name in FILES:
        same = (tmp_path / name).read_bytes() == (BUILT / name).read_bytes()
        assert same, f"{name} is older than its source. Build it: nox -s frontend"


@pytest.mark.slow
def test_style_types_and_tests_of_the_source(frontend):
    """Style, types and the tests of the source pass."""
    for task in ("style", "types", "test"):
        done = run(frontend, shutil.which("npm"), "run", task)
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_bundled_package_is_named_with_its_licence():
    """NOTICES.txt names every bundled package and its version."""
    lock = json.loads((SOURCE / "package-lock.json").read_text(encoding="utf-8"))
    notices = (BUILT / "NOTICES.txt").read_text(encoding="utf-8")
    named = set(re.findall(r"^-{72}\n(\S+) (\S+) \(", notices, re.MULTILINE))
    locked = {
        (path.removeprefix("node_modules/"), package["version"])
        for path, package in lock["packages"].items()
        if path and not package.get("dev")
    }
    assert named == locked


def test_versions_are_exact_and_no_registry_is_named():
    """package.json has exact versions, and the lock file names no registry."""
    package = json.loads((SOURCE / "package.json").read_text(encoding="utf-8"))
    versions = [*package["dependencies"].values(), *package["devDependencies"].values()]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)
    assert '"resolved"' not in (SOURCE / "package-lock.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "word", ["innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "https://"]
)
def test_no_markup_from_text_no_eval_and_no_other_origin(word):
    """The source does not make markup from text, has no eval and no address of another site."""
    sources = [*SOURCE.glob("src/**/*.ts"), *SOURCE.glob("css/**/*.css")]
    assert sources
    assert [path.name for path in sources if word in path.read_text(encoding="utf-8")] == []


@pytest.mark.slow
def test_every_page_loads_it_as_a_module(site):
    """Every page of the site loads the script as a module, and the style sheet."""
    pages = list(site.html.rglob("*.html"))
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert re.search(r'<script type="module" src="[^"]*_static/live/live\.js', text), page
        assert re.search(r'<link [^>]*href="[^"]*_static/live/live\.css', text), page
