"""The live page's front end: what is committed is what the source gives, and it keeps to itself."""

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
def test_what_is_committed_is_what_the_source_gives(frontend, tmp_path):
    done = run(frontend, "node", "build.mjs", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in BUILT.iterdir()) == sorted(FILES)
    for name in FILES:
        same = (tmp_path / name).read_bytes() == (BUILT / name).read_bytes()
        assert same, f"{name} is older than its source. Build it: nox -s frontend"


@pytest.mark.slow
def test_style_types_and_logic_of_the_source(frontend):
    for task in ("style", "types", "test"):
        done = run(frontend, shutil.which("npm"), "run", task)
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_bundled_package_is_named_with_its_licence():
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
    package = json.loads((SOURCE / "package.json").read_text(encoding="utf-8"))
    versions = [*package["dependencies"].values(), *package["devDependencies"].values()]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)
    assert '"resolved"' not in (SOURCE / "package-lock.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "word", ["innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "https://"]
)
def test_no_text_becomes_markup_or_code_and_nothing_is_far_away(word):
    sources = [*SOURCE.glob("src/**/*.ts"), *SOURCE.glob("css/**/*.css")]
    assert sources
    assert [path.name for path in sources if word in path.read_text(encoding="utf-8")] == []


@pytest.mark.slow
def test_every_page_loads_it_as_a_module(site):
    pages = list(site.html.rglob("*.html"))
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert re.search(r'<script type="module" src="[^"]*_static/live/live\.js', text), page
        assert re.search(r'<link [^>]*href="[^"]*_static/live/live\.css', text), page
