"""The state that pages get: the course by exact names, and the learner's files and progress.

`CourseIndex` looks up what a request names, so no word of a request becomes part of a path;
`StateBuilder` makes the messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from workshop import workspace
from workshop.course import Course, CourseError, Exercise, Step, discover, misplaced
from workshop.course.files import FileState, file_state
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


class CourseIndex:
    """All steps by label and exercises by key; read again when a file of the course has changed."""

    def __init__(self, course: Course) -> None:
        self.notice: str | None = None
        """What is wrong with the course's files, or None."""
        self._read(course)

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
        """Whether an exercise is an app that can be started."""
        return exercise.key in self._apps

    def _refresh(self) -> None:
        same = {path: file_state(path) for path in self._seen} == self._seen
        if same and _folders_present(self._course) == self._folders_present:
            return
        try:
            self._read(discover(self._course.root))
        except CourseError as error:
            self.notice = str(error)

    def _read(self, course: Course) -> None:
        """Index a course, and keep the fingerprints of the files that it was read from."""
        fingerprints = {path: file_state(path) for path in _source_files(course)}
        present = _folders_present(course)
        exercises = {exercise.key: exercise for exercise in course.exercises}
        apps: dict[str, Step | Exercise] = {step.label: step for step in course.steps}
        apps |= {key: exercise for key, exercise in exercises.items() if exercise.is_app}
        for step in course.steps:
            _ = step.title
        self._course, self._exercises, self._apps = course, exercises, apps
        self.notice = " ".join(misplaced.suites(course.steps)) or None
        self._seen: dict[Path, FileState] = fingerprints
        self._folders_present = present


def _folders_present(course: Course) -> list[bool]:
    """Return which folders of exercises exist: one may be missing for a moment."""
    return [(course.root / "exercises" / step.folder).is_dir() for step in course.steps]


def _source_files(course: Course) -> Iterator[Path]:
    """Yield the files that the index is read from.

    The folders of exercises are left out: they change with every save.
    """
    yield course.root / "steps"
    for step in course.steps:
        yield step.page
        for exercise in step.exercises:
            yield exercise.suite
            yield exercise.stub


class StateBuilder:
    """Builds states from index, progress and files; reads a report again when its file changed."""

    def __init__(self, index: CourseIndex, progress: Progress) -> None:
        self.index = index
        self.progress = progress
        self._reports: dict[str, tuple[FileState, Report | None]] = {}

    def course_state(self, apps: Iterable[AppFacts] = ()) -> CourseState:
        """Return the state of the course: steps, exercises, the next one, and the apps given."""
        course = self.index.course
        exercises = [self._facts(step, e) for step in course.steps for e in step.exercises]
        return CourseState(
            exercises=tuple(exercises),
            steps=tuple(_step_facts(step) for step in course.steps),
            next=self.next_key(),
            notice=self.index.notice or self.progress.notice,
            apps=tuple(apps),
        )

    def next_key(self) -> str | None:
        """Return the key of the exercise to do next; None when all are done."""
        following = self.progress.next_open(self.index.course.exercises)
        return following.key if following else None

    def exercise(self, exercise: Exercise) -> ExerciseState:
        """Return the whole state of one exercise; raises OSError or UnicodeError for its files."""
        report = self.report(exercise)
        entry = self.progress.entry(exercise)
        earned = entry.done is not None
        taken = {q.name: self.hints(exercise, q.name) for q in exercise.questions}
        return extended(
            ExerciseState,
            file_on_disk(exercise),
            key=exercise.key,
            file=_relative(exercise),
            stub=exercise.stub.read_text(encoding="utf-8"),
            previous=_previous(self.index, exercise),
            report=self.with_taken_hints(exercise, report) if report else None,
            hints=taken,
            hints_left={q.name: len(q.hints) - len(taken[q.name]) for q in exercise.questions},
            solution=solution_text(exercise) if earned or entry.asked else None,
            earned=earned,
            kept=kept_copies(exercise, self.progress),
        )

    def hints(self, exercise: Exercise, check: str) -> tuple[str, ...]:
        """Return the hints that the learner took for a check."""
        hints = next((q.hints for q in exercise.questions if q.name == check), ())
        return tuple(hints[: self.progress.entry(exercise).hints.get(check, 0)])

    def report(self, exercise: Exercise) -> Report | None:
        """Return the newest report on an exercise, or None."""
        now = file_state(self.progress.report_file(exercise))
        before = self._reports.get(exercise.key)
        if before is None or before[0] != now:
            before = now, self.progress.last_report(exercise) if now else None
            self._reports[exercise.key] = before
        return before[1]

    def with_taken_hints(self, exercise: Exercise, report: Report) -> Report:
        """Return a report with no other hints than the learner took."""
        taken = self.progress.entry(exercise).hints
        checks = (replace(c, hints=c.hints[: taken.get(c.name, 0)]) for c in report.checks)
        return replace(report, checks=tuple(checks))

    def _facts(self, step: Step, exercise: Exercise) -> ExerciseFacts:
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
            file=_relative(exercise),
            is_app=self.index.is_app(exercise),
        )


def file_on_disk(exercise: Exercise) -> Disk:
    """Return content and version of the learner's file."""
    document = workspace.read_document(exercise)
    return Disk(content=document.content, version=document.version, notice=document.notice)


def solution_text(exercise: Exercise) -> str:
    """Return the text of the solution; raises OSError where it is missing."""
    return exercise.solution.read_text(encoding="utf-8")


def kept_copies(exercise: Exercise, progress: Progress) -> tuple[Kept, ...]:
    """Return the kept copies of a learner's file, the newest first."""
    copies = workspace.copies(exercise, progress)
    return tuple(Kept(name=copy.name, when=copy.when) for copy in copies)


def _step_facts(step: Step) -> StepFacts:
    page = f"{step.folder}/"
    return StepFacts(label=step.label, folder=step.folder, title=step.title, page=page, app=True)


def _previous(index: CourseIndex, exercise: Exercise) -> Previous | None:
    """Return the step's file that the exercise builds on: of the same name, else `app.py`."""
    step = next(step for step in index.course.steps if step.folder == exercise.step)
    for name in (exercise.file.name, "app.py"):
        file = step.path / name
        if file.is_file():
            return Previous(
                title=f"{step.label}: {step.title}",
                file=file.relative_to(step.root).as_posix(),
                content=file.read_text(encoding="utf-8"),
            )
    return None


def _relative(exercise: Exercise) -> str:
    return exercise.file.relative_to(exercise.root).as_posix()
