"""The course's notebooks: MyST Markdown under docs/, converted to .ipynb for Jupyter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from myst_nb.core.read import read_myst_markdown_notebook

from workshop.course import CourseError

FOLDER = "notebooks"
"""The folder of the learner's copies, in the course's folder."""
HEAD = re.compile(r"\A---\n(?:.*\n)*?kernelspec:\n")
STEP = re.compile(r"^(?:from|import) steps\.(step\d\d_\w+)", re.MULTILINE)
SIBLING = re.compile(r"\]\((\w+)\.md\)")
PAGE = re.compile(r"\]\(\.\./(?=[\w/]+\.md[)#])")


def is_notebook(text: str) -> bool:
    """Return whether a page is a notebook: its front matter has a `kernelspec`."""
    return HEAD.match(text) is not None


def find_notebooks(root: Path) -> Iterator[Path]:
    """Yield the paths of the course's notebooks under docs/, sorted."""
    for path in sorted((root / "docs").rglob("*.md")):
        if "_build" not in path.parts and is_notebook(path.read_text(encoding="utf-8")):
            yield path


def steps_used(text: str) -> set[str]:
    """Return the folders of the steps that a notebook imports."""
    return set(STEP.findall(text))


def to_ipynb(text: str) -> str:
    """Return a notebook as .ipynb JSON, without outputs; links are relative to `notebooks/`."""
    notebook = read_myst_markdown_notebook(text)
    notebook.metadata.pop("jupytext", None)
    for number, cell in enumerate(notebook.cells, 1):
        cell["id"] = f"cell-{number}"  # nbformat would make a random one
        if cell["cell_type"] == "markdown":
            source = SIBLING.sub(r"](\1.ipynb)", cell["source"])
            cell["source"] = PAGE.sub("](../docs/", source)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def write_notebooks(root: Path, folder: Path) -> list[Path]:
    """Write the notebooks that a folder does not have yet; return their paths.

    Existing files stay as they are. Raises CourseError when a file cannot be written.
    """
    made = []
    for path in find_notebooks(root):
        target = folder / f"{path.stem}.ipynb"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with target.open("x", encoding="utf-8") as file:
                file.write(to_ipynb(path.read_text(encoding="utf-8")))
        except FileExistsError:
            continue
        except OSError as error:
            raise CourseError(f"{target} cannot be written: {error.strerror}.") from error
        made.append(target)
    return made
