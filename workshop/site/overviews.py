"""{step-cards} and {minute-plan}: all steps with goal and minutes, and the timetable."""

from __future__ import annotations

import re
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.typing import OptionSpec

from workshop.course import CourseError, Exercise
from workshop.site import front_matter
from workshop.site.directive import CourseDirective, note_steps
from workshop.site.front_matter import inline
from workshop.site.html import Tag, tag
from workshop.site.show import reference


class StepCardsDirective(CourseDirective):
    """{step-cards}: a card for each step with title, goal, minutes and exercises."""

    def build(self) -> list[nodes.Node]:
        """Return a list of cards, in the order of the steps."""
        note_steps(self.env)
        cards = [self._card(found) for found in front_matter.read_all(self.course.steps)]
        return [tag("ol", *cards, classes="cards")]

    def _card(self, found: front_matter.FrontMatter) -> Tag:
        page = f"/{found.step.folder}/index"
        return tag(
            "li",
            tag("span", f"{found.step.number:02}", classes="number"),
            tag("p", reference(self.env.docname, page, nodes.inline("", found.title), "doc"),
                classes="title"),
            tag("p", *inline(found.goal), classes="goal"),
            tag("p", f"{found.minutes} minutes · {found.exercises}", classes="facts"),
        )  # fmt: skip


HEAD = ("Step", "Minutes", "Reading", "Exercises in the room", "Clock")


class MinutePlanDirective(CourseDirective):
    """{minute-plan}: the timetable; `:steps: 1-8` selects steps, `:minutes: 180` is the plan."""

    option_spec: ClassVar[OptionSpec] = {
        "steps": directives.unchanged_required,
        "minutes": directives.positive_int,
    }

    def build(self) -> list[nodes.Node]:
        """Return a table; raises CourseError when all steps have pages and take another time."""
        note_steps(self.env)
        first, last = self._range()
        steps = tuple(step for step in self.course.steps if first <= step.number <= last)
        written = front_matter.read_all(steps)
        total = sum(found.minutes for found in written)
        planned = self.options.get("minutes")
        if planned and len(written) == last - first + 1 and total != planned:
            raise CourseError(
                f"Steps {first:02}–{last:02} take {total} minutes, not {planned}. "
                "Change minutes in their front matter, or an exercise from room to home."
            )
        of = f" ({planned} planned)" if planned and planned != total else ""
        reading = sum(found.reading for found in written)
        foot = tag("tfoot", _row("th", f"Together{of}", str(total), str(reading), "", ""))
        body = tag("tbody", *self._rows(written))
        table = tag("table", _head(), body, foot, classes="docutils minutes")
        return [tag("div", table, classes="table-wrapper")]

    def _range(self) -> tuple[int, int]:
        text = self.options.get("steps", "0-99")
        if not (found := re.fullmatch(r"(\d+)\s*[-–]\s*(\d+)", text)):
            raise CourseError(f':steps: is a range such as "1-8", not "{text}".')
        return int(found[1]), int(found[2])

    def _rows(self, written: list[front_matter.FrontMatter]) -> list[Tag]:
        rows, clock = [], 0
        for found in written:
            title = f"{found.step.number:02} {found.title}"
            page = f"/{found.step.folder}/index"
            exercises = [part for each in found.in_room for part in self._exercise(each)]
            rows.append(
                _row(
                    "td",
                    reference(self.env.docname, page, nodes.inline("", title), "doc"),
                    str(found.minutes),
                    str(found.reading),
                    tag("span", *(exercises[1:] or ["–"])),
                    f"{clock_time(clock)}–{clock_time(clock + found.minutes)}",
                )
            )
            clock += found.minutes
        return rows

    def _exercise(self, exercise: Exercise) -> list[nodes.Node | str]:
        """Return a separator, a link and the minutes."""
        link = reference(self.env.docname, exercise.key, nodes.inline("", exercise.name))
        return [", ", tag("span", link, classes="code-ref"), f" {exercise.minutes}"]


def clock_time(minutes: int) -> str:
    """Return minutes since the start as h:mm."""
    return f"{minutes // 60}:{minutes % 60:02}"


def _head() -> Tag:
    return tag("thead", _row("th", *HEAD))


def _row(cell: str, *children: nodes.Node | str) -> Tag:
    return tag("tr", *(tag(cell, child) for child in children))


def setup(app: Sphinx) -> None:
    """Add {step-cards} and {minute-plan}."""
    app.add_directive("step-cards", StepCardsDirective)
    app.add_directive("minute-plan", MinutePlanDirective)
