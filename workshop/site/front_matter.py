"""The front matter of a step's page: goal, minutes, and the head of the page made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from myst_parser.config.main import TopmatterReadError, read_topmatter
from sphinx.application import Sphinx
from sphinx.util import logging

from workshop import course
from workshop.course import CourseError, Exercise, Step
from workshop.course.layout import TITLE
from workshop.site.directive import note_folder
from workshop.site.html import Tag, tag

EXAMPLE = "Begin the page with:\n---\nminutes: 20\nreading: 8\ngoal: What there is at the end.\n---"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a step's page, with its title and step."""

    step: Step
    title: str
    goal: str
    minutes: int
    """Minutes of the whole step at the workshop."""
    reading: int
    """Minutes of the step without its exercises."""

    @property
    def in_room(self) -> tuple[Exercise, ...]:
        """The exercises that are done at the workshop."""
        return tuple(exercise for exercise in self.step.exercises if exercise.when == "room")

    @property
    def exercises(self) -> str:
        """How many exercises there are, such as "4 exercises, 2 of them in the room"."""
        count, here = len(self.step.exercises), len(self.in_room)
        words = f"{count} exercise{'s' * (count != 1)}"
        return words if here == count else f"{words}, {here or 'none'} of them in the room"


def read(step: Step) -> FrontMatter:
    """Return the front matter of a step's page.

    Raises CourseError when a field or the title is missing, or when the minutes do not add up.
    """
    page = _name(step.page)
    try:
        text = step.page.read_text(encoding="utf-8")
        head = read_topmatter(text) or {}
    except (OSError, UnicodeError, TopmatterReadError) as error:
        raise CourseError(f"{page} cannot be read: {error}. Every step has a page.") from error
    for key, kind in (("minutes", int), ("reading", int), ("goal", str)):
        if not isinstance(head.get(key), kind):
            raise CourseError(f'{page}: "{key}" is missing in the front matter. {EXAMPLE}')
    title = re.search(TITLE, text, re.MULTILINE)
    if title is None:
        raise CourseError(f"{page}: no title. After the front matter comes # Step 01: …")
    found = FrontMatter(step, title[1].strip(), head["goal"], head["minutes"], head["reading"])
    asked = sum(exercise.minutes for exercise in found.in_room)
    if found.minutes != found.reading + asked:
        raise CourseError(
            f"{page}: minutes is {found.minutes}, but reading ({found.reading}) and the exercises"
            f" in the room ({asked}) make {found.reading + asked}. Change one of them."
        )
    return found


def read_all(steps: tuple[Step, ...]) -> list[FrontMatter]:
    """Return the front matter of every step that has a page; raises CourseError like `read`."""
    return [read(step) for step in steps if step.page.exists()]


def _name(page: Path) -> str:
    return f"docs/{page.parent.name}/{page.name}"


logger = logging.getLogger(__name__)


def inline(text: str) -> list[nodes.Node]:
    """Return a sentence of the front matter as nodes; text in backticks becomes code."""
    return [
        tag("code", part, classes="docutils literal") if number % 2 else nodes.Text(part)
        for number, part in enumerate(text.split("`"))
        if part
    ]


def _add_head(app: Sphinx, document: nodes.document) -> None:
    """Insert goal, minutes and command below the title of a step's page."""
    env = app.env
    root = Path(env.srcdir).parent
    page = Path(env.doc2path(env.docname))
    step = course.step_of(page, root)
    if step is None or page.name != "index.md":
        return
    for path in note_folder(env, root / "exercises" / step.folder, "test_*.py"):
        env.note_dependency(path)
    try:
        found = read(step)
    except CourseError as error:
        logger.error(str(error), location=env.docname)
        return
    title = next(iter(document.findall(nodes.title)), None)
    if title is not None and title.parent is not None:
        title.parent.insert(title.parent.index(title) + 1, _head(found))


def _head(page: FrontMatter) -> Tag:
    return tag(
        "div",
        tag("p", *inline(page.goal), classes="goal"),
        tag(
            "p",
            tag("span", f"About {page.minutes} minutes, {page.exercises}. ", classes="minutes"),
            tag("span", "Run it: ", tag("code", f"python -m workshop run {page.step.label}",
                                        classes="docutils literal")),
            classes="facts",
        ),
        classes="step-head",
    )  # fmt: skip


def setup(app: Sphinx) -> None:
    """Connect the handler of `doctree-read` that adds the head."""
    app.connect("doctree-read", _add_head)
