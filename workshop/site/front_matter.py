"""What the front matter of a step's page says: its goal, its minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from myst_parser.config.main import TopmatterReadError, read_topmatter

from workshop.course import CourseError, Exercise, Step
from workshop.course.layout import TITLE

EXAMPLE = "Begin the page with:\n---\nminutes: 20\nreading: 8\ngoal: What there is at the end.\n---"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A step's page in short."""

    step: Step
    title: str
    goal: str
    minutes: int
    """Minutes of the whole step in the room."""
    reading: int
    """Minutes of reading and trying, without the exercises."""

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


def read(step: Step) -> PageFacts:
    """Return what the page of a step says of itself.

    Raises CourseError when something is missing, or when the minutes do not add up.
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
    facts = PageFacts(step, title[1].strip(), head["goal"], head["minutes"], head["reading"])
    asked = sum(exercise.minutes for exercise in facts.in_room)
    if facts.minutes != facts.reading + asked:
        raise CourseError(
            f"{page}: minutes is {facts.minutes}, but reading ({facts.reading}) and the exercises"
            f" in the room ({asked}) make {facts.reading + asked}. Change one of them."
        )
    return facts


def written(steps: tuple[Step, ...]) -> list[PageFacts]:
    """Return the facts of every step that has a page, in order; raises CourseError like `read`."""
    return [read(step) for step in steps if step.page.exists()]


def _name(page: Path) -> str:
    return f"docs/{page.parent.name}/{page.name}"
