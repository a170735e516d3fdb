"""Notebooks: text that becomes what Jupyter keeps; a fault in one fails the build."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from workshop.course import ROOT, CourseError
from workshop.site import notebook_files
from workshop.tests.sites import Built, sphinx

ALL = tuple(pytest.param(path, id=path.stem) for path in notebook_files.find_notebooks(ROOT))
HEAD = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  name: python3
---

# Ada

See [the next](grace.md) and [step 01](../step01_greet/index.md).

"""
CELL = "```{{code-cell}} python\n{}\n```\n"
CONF = """import sys
sys.path.insert(0, {root!r})
extensions = ["myst_nb", "workshop.site"]
nb_execution_mode = "force"
html_theme = "basic"
suppress_warnings = ["myst.xref_missing"]
"""


def test_there_are_notebooks():
    """The course has notebooks, on which the tests below depend."""
    assert {"waiting_together", "the_client", "own_server"} <= {
        p.stem for p in notebook_files.find_notebooks(ROOT)
    }


@pytest.mark.parametrize("path", ALL)
def test_a_notebook_reads_the_same_in_jupyter(path):
    """A converted notebook has plain Markdown, short lines of code, and no outputs."""
    made = json.loads(notebook_files.to_ipynb(path.read_text("utf-8")))
    code = [cell["source"] for cell in made["cells"] if cell["cell_type"] == "code"]
    text = "\n".join(cell["source"] for cell in made["cells"] if cell["cell_type"] == "markdown")
    assert 8 <= len(code) <= 13
    assert not re.search(r"\{[\w-]+\}`|^:::|^```\{", text, re.MULTILINE)
    assert max(len(line) for source in code for line in source.splitlines()) <= 82
    assert "**Change it:**" in text
    assert (made["nbformat"], made["metadata"]["kernelspec"]["name"]) == (4, "python3")


def test_links_fit_where_the_copies_lie():
    """Links lead to notebooks in the same folder, and to pages in docs/."""
    text = notebook_files.to_ipynb(HEAD + CELL.format("1 + 1"))
    assert "[the next](grace.ipynb)" in text
    assert "[step 01](../docs/step01_greet/index.md)" in text
    assert text == notebook_files.to_ipynb(HEAD + CELL.format("1 + 1"))


def test_what_is_the_readers_stays(tmp_path):
    """A second call writes only missing notebooks."""
    first = notebook_files.write_notebooks(ROOT, tmp_path / "notebooks")
    assert first
    first[0].write_text("mine")
    first[1].unlink()
    assert notebook_files.write_notebooks(ROOT, tmp_path / "notebooks") == [first[1]]
    assert first[0].read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    """A folder that cannot be written raises a CourseError."""
    (tmp_path / "notebooks").write_text("a file")
    with pytest.raises(CourseError, match="cannot be written"):
        notebook_files.write_notebooks(ROOT, tmp_path / "notebooks" / "deeper")


def build(root: Path, cell: str) -> Built:
    """Build a course of one notebook."""
    files = {
        "docs/conf.py": CONF.format(root=str(ROOT)),
        "docs/index.md": "# Index\n\n```{toctree}\nnotes\n```\n",
        "docs/notes.md": HEAD + CELL.format(cell),
        "steps/step01_greet/app.py": 'NAME = "Ada"\n',
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or name.endswith("notes.md"):
            path.write_text(text, encoding="utf-8")
    return sphinx(root / "docs", root / "html")


@pytest.mark.slow
def test_a_failing_cell_fails_the_build_until_it_is_mended(tmp_path):
    """A failing cell fails the build with its traceback, also in a second build."""
    for _ in range(2):
        built = build(tmp_path, '{"Ada": 1}["Grace"]')
        assert built.code == 1
        assert "a cell of this notebook failed" in built.said
        assert "KeyError: 'Grace'" in built.said
    assert build(tmp_path, '{"Ada": 1}["Ada"]').code == 0


@pytest.mark.slow
def test_a_notebook_runs_again_when_its_step_changes(tmp_path):
    """A notebook runs again when its step changes, and only then."""
    cell = "import sys\nsys.path.insert(0, '..')\n"
    cell += "from steps.step01_greet.app import NAME\nprint(NAME.upper())"
    built = build(tmp_path, cell)
    assert built.code == 0, built.said
    assert "ADA" in built.page("notes")
    assert "0 added, 0 changed, 0 removed" in sphinx(tmp_path / "docs", built.html).said
    (tmp_path / "steps/step01_greet/app.py").write_text('NAME = "Grace"\n')
    assert "GRACE" in sphinx(tmp_path / "docs", built.html).page("notes")
    assert json.loads((built.html / "notes.ipynb").read_text("utf-8"))["cells"]
    assert 'download="notes.ipynb"' in built.page("notes")


# Binder, Kubernetes


@pytest.mark.skipif(os.name != "posix", reason="images run Linux")
def test_the_image_puts_the_course_onto_a_disk_once(tmp_path):
    """The image copies the course once into a home folder on a disk, and never within the image."""
    image, home = tmp_path / "image", tmp_path / "home"
    (image / "hub").mkdir(parents=True)
    home.mkdir()
    (image / "file").write_text("new")
    start = [str(ROOT / "binder" / "start"), "bash", "-c", 'echo "$PWD $JUPYTER_CONFIG_PATH"']

    def run(folder: Path) -> str:
        env = {**os.environ, "REPO_DIR": str(image), "HOME": str(folder)}
        return subprocess.run(start, env=env, check=True, capture_output=True, text=True).stdout

    course = home / "course"
    assert run(home) == f"{course} {course / 'hub'}\n"
    (course / "file").write_text("mine")
    assert run(home) == f"{course} {course / 'hub'}\n"
    assert (course / "file").read_text() == "mine"
    (image / "hub").mkdir(exist_ok=True)
    env = {**os.environ, "REPO_DIR": str(image), "HOME": str(image), "PWD": str(image)}
    here = subprocess.run(start, env=env, check=True, capture_output=True, text=True, cwd=image)
    assert here.stdout == f"{image} {image / 'hub'}\n"


def test_what_binder_and_the_chart_name_is_there():
    """The files that Binder and the chart name exist."""
    for line in (ROOT / "binder" / "requirements.txt").read_text().splitlines():
        assert (ROOT / "binder" / line.removeprefix("-r ")).is_file()
    assert (ROOT / "binder" / "runtime.txt").read_text().startswith("python-3.1")
    values = yaml.safe_load((ROOT / "hub" / "values.yaml").read_text())
    assert values["singleuser"]["defaultUrl"] == f"/lab/tree/{notebook_files.FOLDER}"
    assert all((ROOT / "binder" / name).stat().st_mode & 0o111 for name in ("start", "postBuild"))
