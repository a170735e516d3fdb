"""A report as text: verdict, checks, evidence, hints, the next action."""

from __future__ import annotations

from rich.console import Console

from workshop.course import Course, Exercise
from workshop.report import Check, Report
from workshop.terminal.evidence_text import EvidenceText
from workshop.terminal.glyphs import COLOURS, SIGNS, WORDS, without_stress
from workshop.terminal.page import Page
from workshop.workspace.progress import Progress

LABEL = 7
"""The width of a label such as "Next", in columns."""


class ReportWriter:
    """Writes reports to a page.

    With `keys` (in the watch) it names keys where it names commands elsewhere.
    """

    def __init__(
        self, console: Console | None = None, page: Page | None = None, keys: bool = False
    ) -> None:
        self.page = page or Page(console or Console(highlight=False))
        self._keys = keys
        self._labelled = False
        """Whether the last written line has a label."""

    def report(
        self, report: Report, exercise: Exercise, taken: dict[str, int], brief: bool = False
    ) -> None:
        """Write a report, `brief` in one line; `taken` has the number of hints taken by check."""
        self._labelled = False
        if brief:
            self.heading(report, exercise)
            return
        self.page.blank()
        self.heading(report, exercise)
        self.page.line((path_of(exercise), "dim"), indent=2)
        self.page.blank()
        self.details(report, exercise, taken)

    def details(
        self, report: Report, exercise: Exercise, taken: dict[str, int], above: bool = False
    ) -> None:
        """Write each check, the evidence of the first that did not pass, and the hints taken.

        The hints come last, or with `above` before the evidence, for a screen.
        """
        trouble = to_hint(report)
        if report.message and not trouble:
            self._broken(report)
        else:
            self._checks(report, exercise, taken if above else {})
        if report.output:
            self.page.line(("Printed on import", "underline"), indent=2)
            self.page.lines(report.output, indent=4)
        if trouble and trouble.hints:
            self.page.blank()
            number = taken.get(trouble.name, 0)
            if not above:
                self.hints(trouble.hints, number)
            self.offer_hint(trouble.hints, number, exercise)

    def next_action(self, report: Report, course: Course, progress: Progress) -> None:
        """Write the next action: exercises for the workshop first, then those for home."""
        exercise = next(e for e in course.select(report.exercise) if e.step == report.step)
        if not self._labelled:
            self.page.blank()
        if not report.passed:
            self._edit(exercise)
            return
        following = progress.following(exercise, course.exercises)
        if following is None:
            self.labelled("Next", "you have done every exercise of the course. Well done!")
        elif following.step == exercise.step:
            self.labelled("Next", _display_name(following))
            self._edit(following, "")
        else:
            label = following.step[:6]
            self.labelled("Next", f"{label} is waiting: read its page, and start it with")
            self.labelled("", f"python -m workshop run {label}")
            left = [e for e in course.exercises if e.step == exercise.step]
            if later := progress.next_open(left):
                self.labelled("At home", _display_name(later))
        if self._keys and following:
            self.labelled("", f"n shows {following.key}.")

    def _edit(self, exercise: Exercise, label: str = "Next") -> None:
        """Write the file to edit and the command to check it; the watch checks by itself."""
        if self._keys:
            self.labelled(label, f"edit {path_of(exercise)} and save.")
            return
        self.labelled(label, f"edit {path_of(exercise)}{' and save' if label else ''},")
        self.labelled("", f"then: python -m workshop check {exercise.name}")

    def labelled(self, label: str, text: str, indent: int = 0) -> None:
        """Write a line with a label."""
        self._labelled = True
        self.page.line((f"{label:<{LABEL}} ", "bold"), text, indent=indent, hang=LABEL + 1)

    def heading(self, report: Report, exercise: Exercise) -> None:
        """Write a verdict in one line."""
        passed = sum(check.passed for check in report.checks)
        colour = COLOURS[report.outcome]
        self.page.line(
            (f"{SIGNS[report.outcome]} {exercise.key}", f"bold {colour}"),
            (f" – {exercise.title}: ", "bold"),
            (f"{WORDS[report.outcome]}, {passed} of {len(exercise.questions)} checks", colour),
            hang=2,
        )

    def _checks(self, report: Report, exercise: Exercise, taken: dict[str, int]) -> None:
        """Write each check, with hints and evidence of the first that did not pass."""
        for check in report.checks:
            if check is report.first_trouble:
                self.page.set_anchor()
            self._check(check)
            if check is report.first_trouble:
                command = f"python -m workshop run {exercise.name}" if exercise.is_app else ""
                evidence = EvidenceText(self.page, 4, path_of(exercise))
                evidence.write_comparison(check)
                if number := taken.get(check.name, 0):
                    self.page.blank()
                    self.hints(check.hints, number, indent=4)
                evidence.write_details(check, command)
                self.page.blank()

    def _check(self, check: Check) -> None:
        sign = (f"{SIGNS[check.outcome]} ", COLOURS[check.outcome])
        self.page.line(sign, without_stress(check.sentence), indent=2, hang=2)

    def _broken(self, report: Report) -> None:
        """Write why the checks could not run."""
        advised = report.advice.sentence if report.advice else None
        if report.message != advised:
            self.page.lines(report.message or "", indent=2)
        evidence = EvidenceText(self.page, 2)
        if report.advice:
            evidence.write_advice(report.advice)
        if report.place and not (report.advice and report.advice.line):
            evidence.write_line(report.place)
        if report.place and report.checks:
            self.page.blank()
            for check in report.checks:
                self._check(check)

    def hints(self, hints: tuple[str, ...], taken: int, indent: int = 0) -> None:
        """Write the hints that were taken."""
        for number, hint in enumerate(hints[:taken], 1):
            self.labelled("Hint", f"{number} of {len(hints)}: {without_stress(hint)}", indent)

    def offer_hint(self, hints: tuple[str, ...], taken: int, exercise: Exercise) -> None:
        """Write how to get the next hint, if one is left."""
        if taken < len(hints):
            more = "another" if taken else "a"
            ask = "h" if self._keys else f"python -m workshop hint {exercise.name}"
            self.labelled("Stuck?", f"{ask} gives you {more} hint.")


def to_hint(report: Report) -> Check | None:
    """Return the check that hints are shown for: the first trouble, if it sent a request."""
    trouble = report.first_trouble
    asked = bool(trouble and trouble.exchanges and trouble.message == report.message)
    return trouble if asked or not report.message else None


def path_of(exercise: Exercise) -> str:
    """Return the path of the learner's file, relative to the course's folder."""
    return exercise.file.relative_to(exercise.root).as_posix()


def _display_name(exercise: Exercise) -> str:
    return f"{exercise.key} – {exercise.title} ({exercise.minutes} minutes)"
