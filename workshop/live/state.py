"""What the page is told: the course and where the learner stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from workshop import workspace
from workshop.course import Course, CourseError, Exercise, Step, discover, misplaced
from workshop.course.files import Seen, seen
from workshop.live.messages import (
    AppFacts,
    CourseState,
    Disk,
    ExerciseFacts,
    ExerciseState,
    Kept,
    Previous,
    StepFacts,
    extended,
)
from workshop.report import Report
from workshop.workspace.progress import Progress


class Catalogue:
    """All steps and exercises by label and key."""

    def __init__(self, course: Course) -> None:
        self.notice: str | None = None
        """What is to be said of the files: in disorder, or none of the course's."""
        self._take(course)

    @property
    def course(self) -> Course:
        """The course as its files are now."""
        self._refresh()
        return self._course

    def exercise(self, step: str, name: str) -> Exercise | None:
        """Return the exercise with the key "step/name", or None."""
        self._refresh()
        return self._exercises.get(f"{step}/{name}")

    def app(self, name: str) -> Step | Exercise | None:
        """Return the step with this label, or the exercise with this key, if it is an app."""
        self._refresh()
        return self._apps.get(name)

    def is_app(self, exercise: Exercise) -> bool:
        """Whether it serves by itself."""
        return exercise.key in self._apps

    def _refresh(self) -> None:
        same = {path: seen(path) for path in self._seen} == self._seen
        if same and _there(self._course) == self._there:
            return
        try:
            self._take(discover(self._course.root))
        except CourseError as error:
            self.notice = str(error)

    def _take(self, course: Course) -> None:
        """Read all that is asked for again and again."""
        marks, there = {path: seen(path) for path in _files(course)}, _there(course)
        exercises = {exercise.key: exercise for exercise in course.exercises}
        apps: dict[str, Step | Exercise] = {step.label: step for step in course.steps}
        apps |= {key: exercise for key, exercise in exercises.items() if exercise.is_app}
        for step in course.steps:
            _ = step.title
        self._course, self._exercises, self._apps = course, exercises, apps
        self.notice = " ".join(misplaced.suites(course.steps)) or None
        self._seen: dict[Path, Seen] = marks
        self._there = there


def _there(course: Course) -> list[bool]:
    """Return which folders of exercises are there: one may be away for a moment."""
    return [(course.root / "exercises" / step.folder).is_dir() for step in course.steps]


def _files(course: Course) -> Iterator[Path]:
    """Yield what the catalogue is made from.

    The folders of exercises are left out: they change with every save.
    """
    yield course.root / "steps"
    for step in course.steps:
        yield step.page
        for exercise in step.exercises:
            yield exercise.suite
            yield exercise.stub


class State:
    """Reads catalogue, progress and files; a report is read again only when it is another one."""

    def __init__(self, catalogue: Catalogue, progress: Progress) -> None:
        self.catalogue = catalogue
        self.progress = progress
        self._reports: dict[str, tuple[Seen, Report | None]] = {}

    def whole(self, apps: Iterable[AppFacts] = ()) -> CourseState:
        """Return the course, all exercises in short, which is next, and the apps that run."""
        course = self.catalogue.course
        exercises = [self._short(step, e) for step in course.steps for e in step.exercises]
        return CourseState(
            exercises=tuple(exercises),
            steps=tuple(_step(step) for step in course.steps),
            next=self.next_key(),
            notice=self.catalogue.notice or self.progress.notice,
            apps=tuple(apps),
        )

    def next_key(self) -> str | None:
        """Return the key of the exercise to do next; None when all are done."""
        following = self.progress.next_open(self.catalogue.course.exercises)
        return following.key if following else None

    def exercise(self, exercise: Exercise) -> ExerciseState:
        """Return all about one exercise."""
        report = self.report(exercise)
        entry = self.progress.entry(exercise)
        earned = entry.done is not None
        taken = {q.name: self.hints(exercise, q.name) for q in exercise.questions}
        return extended(
            ExerciseState,
            disk(exercise),
            key=exercise.key,
            file=_file(exercise),
            stub=exercise.stub.read_text(encoding="utf-8"),
            previous=_previous(self.catalogue, exercise),
            report=self.shown(exercise, report) if report else None,
            hints=taken,
            hints_left={q.name: len(q.hints) - len(taken[q.name]) for q in exercise.questions},
            solution=solution(exercise) if earned or entry.asked else None,
            earned=earned,
            kept=kept(exercise, self.progress),
        )

    def hints(self, exercise: Exercise, check: str) -> tuple[str, ...]:
        """Return the hints that were taken for a check."""
        hints = next((q.hints for q in exercise.questions if q.name == check), ())
        return tuple(hints[: self.progress.entry(exercise).hints.get(check, 0)])

    def report(self, exercise: Exercise) -> Report | None:
        """Return the newest report on an exercise, or None."""
        now = seen(self.progress.report_file(exercise))
        before = self._reports.get(exercise.key)
        if before is None or before[0] != now:
            before = now, self.progress.last_report(exercise) if now else None
            self._reports[exercise.key] = before
        return before[1]

    def shown(self, exercise: Exercise, report: Report) -> Report:
        """Return a report that has only those hints which were taken."""
        taken = self.progress.entry(exercise).hints
        checks = (replace(c, hints=c.hints[: taken.get(c.name, 0)]) for c in report.checks)
        return replace(report, checks=tuple(checks))

    def _short(self, step: Step, exercise: Exercise) -> ExerciseFacts:
        report = self.report(exercise)
        entry = self.progress.entry(exercise)
        return ExerciseFacts(
            key=exercise.key,
            name=exercise.name,
            step=exercise.step,
            title=exercise.title,
            number=exercise.number,
            minutes=exercise.minutes,
            when=exercise.when,
            done=entry.done is not None,
            passes=self.progress.passes(exercise),
            checks=entry.checks,
            outcome=report.outcome if report else None,
            passed=sum(check.passed for check in report.checks) if report else 0,
            of=len(exercise.questions),
            page=f"{step.folder}/#{exercise.anchor}",
            file=_file(exercise),
            is_app=self.catalogue.is_app(exercise),
        )


def disk(exercise: Exercise) -> Disk:
    """Return the learner's file as it lies there."""
    sheet = workspace.look(exercise)
    return Disk(content=sheet.content, version=sheet.version, notice=sheet.notice)


def solution(exercise: Exercise) -> str:
    """Return the solution's text."""
    return exercise.solution.read_text(encoding="utf-8")


def kept(exercise: Exercise, progress: Progress) -> tuple[Kept, ...]:
    """Return the kept copies of a learner's file, the newest first."""
    copies = workspace.copies(exercise, progress)
    return tuple(Kept(name=copy.name, when=copy.when) for copy in copies)


def _step(step: Step) -> StepFacts:
    page = f"{step.folder}/"
    return StepFacts(label=step.label, folder=step.folder, title=step.title, page=page, app=True)


def _previous(catalogue: Catalogue, exercise: Exercise) -> Previous | None:
    """Return what the exercise grows out of: the step's file of its name, else the step's app."""
    step = next(step for step in catalogue.course.steps if step.folder == exercise.step)
    for name in (exercise.file.name, "app.py"):
        file = step.path / name
        if file.is_file():
            return Previous(
                title=f"{step.label}: {step.title}",
                file=file.relative_to(step.root).as_posix(),
                content=file.read_text(encoding="utf-8"),
            )
    return None


def _file(exercise: Exercise) -> str:
    return exercise.file.relative_to(exercise.root).as_posix()
