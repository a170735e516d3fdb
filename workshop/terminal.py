"""Report → text: what a learner reads in the terminal."""

from __future__ import annotations

from rich.console import Console

from workshop.course import Course, Exercise
from workshop.machine.doctor import Finding
from workshop.progress import Progress
from workshop.report import Check, Outcome, Report
from workshop.view.evidence import Evidence
from workshop.view.page import Page

COLOURS = {Outcome.PASSED: "green", Outcome.FAILED: "red", Outcome.BROKEN: "yellow"}
SIGNS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.BROKEN: "!"}
WORDS = {Outcome.PASSED: "passed", Outcome.FAILED: "failed", Outcome.BROKEN: "broken"}
LABEL = 7
"""Columns of a label such as "Next"."""


class Terminal:
    """Writes to a console; plain where the console has no colours or no Unicode."""

    def __init__(self, console: Console | None = None) -> None:
        self.page = Page(console or Console(highlight=False))

    def report(
        self, report: Report, exercise: Exercise, taken: dict[str, int], brief: bool = False
    ) -> None:
        """Show a verdict, `brief` in one line; `taken` says how many hints a check was given."""
        if brief:
            self._head(report, exercise)
            return
        self.page.blank()
        self._head(report, exercise)
        self.page.line((_path(exercise), "dim"), indent=2)
        self.page.blank()
        trouble = report.first_trouble
        asked = bool(trouble and trouble.exchanges and trouble.message == report.message)
        if report.message and not asked:
            self._broken(report)
        else:
            self._checks(report, exercise)
        if report.output:
            self.page.line(("Printed on import", "underline"), indent=2)
            self.page.lines(report.output, indent=4)
        if trouble and trouble.hints and (asked or not report.message):
            self.page.blank()
            self._hints(trouble.hints, taken.get(trouble.name, 0), exercise)

    def next_action(self, report: Report, course: Course, progress: Progress) -> None:
        """Say what to do now."""
        exercise = next(e for e in course.select(report.exercise) if e.step == report.step)
        if not report.passed:
            self.say("Next", f"edit {_path(exercise)} and save,")
            self.say("", f"then: python -m workshop check {exercise.name}")
            return
        following = progress.next_open(
            e for e in course.exercises if e.step >= exercise.step
        ) or progress.next_open(course.exercises)
        if following is None:
            self.say("Next", "you have done every exercise of the course. Well done!")
        elif following.step == exercise.step:
            self.say("Next", f"{following.key} – {following.title} ({following.minutes} minutes)")
            self.say("", f"edit {_path(following)},")
            self.say("", f"then: python -m workshop check {following.name}")
        else:
            label = following.step[:6]
            self.say("Next", f"{label} is waiting: read its page, and start it with")
            self.say("", f"python -m workshop run {label}")

    def say(self, label: str, text: str) -> None:
        """Print a labelled line."""
        self.page.line((f"{label:<{LABEL}} ", "bold"), text, hang=LABEL + 1)

    def listing(self, course: Course, progress: Progress) -> None:
        """Show every exercise and what is done."""
        width = max((len(e.name) for e in course.exercises), default=0) + 2
        for step in course.steps:
            self.page.line((f"{step.label} {step.slug}", "bold"), indent=2)
            for exercise in step.exercises:
                done = progress.done(exercise)
                self.page.line(
                    (SIGNS[Outcome.PASSED] if done else "·", "green" if done else "dim"),
                    f" {exercise.name:<{width}}{exercise.title}  ",
                    (f"{exercise.minutes} min, {exercise.when}", "dim"),
                    indent=2,
                    hang=width + 2,
                )
        done_count = sum(progress.done(exercise) for exercise in course.exercises)
        self.page.blank()
        self.page.line(f"{done_count} of {len(course.exercises)} exercises done.")

    def findings(self, findings: list[Finding]) -> None:
        """Show what the doctor found."""
        width = max(len(finding.what) for finding in findings) + 2
        for finding in findings:
            outcome = Outcome.PASSED if finding.well else Outcome.BROKEN
            if finding.needed and not finding.well:
                outcome = Outcome.FAILED
            sign = (f"{SIGNS[outcome]} ", COLOURS[outcome])
            self.page.line(sign, f"{finding.what:<{width}}{finding.found}", hang=width + 2)
            if not finding.well:
                self.page.line(finding.remedy, indent=width + 2)
        ready = all(finding.well for finding in findings if finding.needed)
        self.page.blank()
        self.page.line("Ready." if ready else "Not ready yet: see the lines above.")

    def _head(self, report: Report, exercise: Exercise) -> None:
        passed = sum(check.passed for check in report.checks)
        colour = COLOURS[report.outcome]
        self.page.line(
            (f"{SIGNS[report.outcome]} {exercise.key}", f"bold {colour}"),
            (f" – {exercise.title}: ", "bold"),
            (f"{WORDS[report.outcome]}, {passed} of {len(exercise.questions)} checks", colour),
            hang=2,
        )

    def _checks(self, report: Report, exercise: Exercise) -> None:
        """Show each check, with the evidence of the first that did not pass."""
        for check in report.checks:
            self._check(check)
            if check is report.first_trouble:
                command = f"python -m workshop run {exercise.name}" if exercise.is_app else ""
                Evidence(self.page, 4).show(check, command)
                self.page.blank()

    def _check(self, check: Check) -> None:
        sign = (f"{SIGNS[check.outcome]} ", COLOURS[check.outcome])
        self.page.line(sign, check.sentence, indent=2, hang=2)

    def _broken(self, report: Report) -> None:
        """Say why there is no verdict on each check."""
        said = report.advice.sentence if report.advice else None
        if report.message != said:
            self.page.lines(report.message or "", indent=2)
        if report.advice:
            Evidence(self.page, 2).advice(report.advice)

    def _hints(self, hints: tuple[str, ...], taken: int, exercise: Exercise) -> None:
        for number, hint in enumerate(hints[:taken], 1):
            self.say("Hint", f"{number} of {len(hints)}: {hint}")
        if taken < len(hints):
            more = "another" if taken else "a"
            self.say("Stuck?", f"python -m workshop hint {exercise.name} gives you {more} hint.")


def _path(exercise: Exercise) -> str:
    return exercise.file.relative_to(exercise.root).as_posix()
