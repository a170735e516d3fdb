"""A course session goes on after newer saves, slow subscribers, failed checks and full disks."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from pathlib import Path

import pytest

from workshop import workspace
from workshop.course import Course, Exercise, copy_to
from workshop.report import Check, Outcome, Report
from workshop.runner import checker
from workshop.workspace import session as session_module
from workshop.workspace import watcher
from workshop.workspace.check_semaphore import CONCURRENT_CHECKS
from workshop.workspace.parser import stable_content
from workshop.workspace.progress import Progress
from workshop.workspace.session import CourseSession, Event, EventKind
from workshop.workspace.watcher import Watcher

LONG = 30
FOLDER = "step01_hello"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course of one step, every exercise as handed out."""
    return copy_to(tmp_path, trees=("exercises",), steps=(FOLDER,))


@pytest.fixture
def exercise(course: Course) -> Exercise:
    """The exercise that is saved and asked."""
    return course.exercises[0]


def passed(exercise: Exercise) -> Report:
    """Return a report of a check that passed."""
    check = Check("test_it", "It works.", Outcome.PASSED)
    return Report(exercise.step, exercise.name, Outcome.PASSED, (check,))


async def good(exercise: Exercise) -> Report:
    """Check as fast as can be."""
    return passed(exercise)


async def received(events: asyncio.Queue[Event], *wanted: EventKind) -> list[Event]:
    """Return the next events, which are to be of these kinds."""
    async with asyncio.timeout(LONG):
        found = [await events.get() for _ in wanted]
    assert [event.kind for event in found] == list(wanted)
    return found


def save(exercise: Exercise, text: str = "print()\n") -> None:
    """Save another content."""
    exercise.file.write_text(text)


async def test_a_save_is_checked_and_noted(course, exercise):
    """Saved, checking, report; by then the progress is on the disk."""
    async with CourseSession(course, good) as session:
        with session.subscribe() as events:
            save(exercise)
            *_, last = await received(events, EventKind.SAVED, EventKind.CHECKING, EventKind.REPORT)
            assert last.report == passed(exercise)
            assert session.progress.done(exercise)
            assert Progress(course.root).last_report(exercise) == last.report
            assert session.current == exercise


async def test_a_save_of_a_page_is_emitted_once(course, exercise):
    """Whoever writes a file itself tells it; the watcher, which sees it too, says nothing."""
    other = course.exercises[1]
    async with CourseSession(course, good) as session:
        with session.subscribe() as events:
            async with session.writing:
                document = workspace.save(
                    exercise, "print()\n", workspace.read_document(exercise).version
                )
                await asyncio.sleep(4 * watcher.DEBOUNCE / 1000)  # the watcher waits for the lock
                session.saved(exercise, document)
            first, *later = await received(
                events, EventKind.SAVED, EventKind.CHECKING, EventKind.REPORT
            )
            assert first.document == document
            assert [event.version for event in later] == [document.version] * 2
            save(other)
            for event in await received(
                events, EventKind.SAVED, EventKind.CHECKING, EventKind.REPORT
            ):
                assert event.exercise == other


async def test_a_save_over_one_that_was_not_emitted(course, exercise, monkeypatch):
    """An editor saves, and a page over it before the watcher looks: the last content is told."""
    began, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(*arguments):
        began.set()
        await go_on.wait()
        return await stable_content(*arguments)

    monkeypatch.setattr(watcher, "stable_content", slowly)
    async with CourseSession(course, good) as session:
        with session.subscribe() as events:
            save(exercise, "print(1)\n")
            await began.wait()
            async with session.writing:
                document = workspace.save(
                    exercise, "print(2)\n", workspace.read_document(exercise).version
                )
                session.saved(exercise, document)
            go_on.set()
            first, *_ = await received(
                events, EventKind.SAVED, EventKind.CHECKING, EventKind.REPORT
            )
            assert first.document == document
            save(exercise, "print(3)\n")
            first, *_ = await received(
                events, EventKind.SAVED, EventKind.CHECKING, EventKind.REPORT
            )
            assert first.document == workspace.read_document(exercise)


async def test_a_newer_save_supersedes_a_running_check(course, exercise):
    """The older one is cancelled and never reports."""
    began, ended = asyncio.Event(), []

    async def first_hangs(exercise: Exercise) -> Report:
        if began.is_set():
            return passed(exercise)
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("first")
        raise AssertionError("nothing sets it")

    async with CourseSession(course, first_hangs) as session:
        with session.subscribe() as events:
            save(exercise)
            await received(events, EventKind.SAVED, EventKind.CHECKING)
            await began.wait()
            save(exercise, "print(2)\n")
            await received(events, EventKind.SAVED, EventKind.CHECKING, EventKind.REPORT)
            assert ended == ["first"]
            assert session.progress.entry(exercise).checks == 1
            assert events.empty()


class Held:
    """Checks that last until they are let go of."""

    def __init__(self) -> None:
        self.running: list[str] = []
        self.most = 0
        self.changed = asyncio.Event()
        self.over: dict[str, asyncio.Event] = {}

    async def check(self, exercise: Exercise) -> Report:
        """Check until `end` is called."""
        over = self.over[exercise.name] = asyncio.Event()
        self.running.append(exercise.name)
        self.most = max(self.most, len(self.running))
        self.changed.set()
        try:
            await over.wait()
            return passed(exercise)
        finally:
            self.running.remove(exercise.name)
            self.changed.set()

    async def until(self, *names: str) -> None:
        """Wait until just these run."""
        async with asyncio.timeout(LONG):
            while sorted(self.running) != sorted(names):
                self.changed.clear()
                await self.changed.wait()


async def test_all_exercises_asked_at_once(course):
    """A few are checked at a time, as they came; that of the learner waits for no other."""
    held = Held()
    first, second, third, fourth = course.exercises
    async with CourseSession(course, held.check) as session:
        tasks = [session.check(exercise) for exercise in course.exercises]
        await held.until(first.name, second.name, fourth.name)
        held.over[fourth.name].set()
        await held.until(first.name, second.name)
        session.select(third)
        await held.until(first.name, second.name, third.name)
        for exercise in (third, second, first):
            held.over[exercise.name].set()
        async with asyncio.timeout(LONG):
            reports = await asyncio.gather(*tasks)
    assert [report.exercise for report in reports] == [each.name for each in course.exercises]
    assert held.most == CONCURRENT_CHECKS + 1


async def test_a_check_that_waits_is_superseded(course):
    """Whoever is asked again waits once; what is given up takes no slot."""
    held = Held()
    asked = course.exercises[:4]
    async with CourseSession(course, held.check) as session:
        running = [session.check(exercise) for exercise in asked[:3]]
        await held.until(*(exercise.name for exercise in asked[:3]))
        with session.subscribe() as events:
            waiting = [session.check(asked[3]) for _ in range(3)]
            await received(events, EventKind.CHECKING)
            for task in running:
                task.cancel()
            await held.until(asked[3].name)
            await received(events, EventKind.CHECKING)
            held.over[asked[3].name].set()
            await received(events, EventKind.REPORT)
        assert [task.cancelled() for task in waiting] == [True, True, False]


async def test_a_check_that_raises_stops_nothing(course, exercise, caplog):
    """It is told, the verdict says so, nothing is noted; the next save is checked."""
    errors = [RuntimeError("no more processes")]

    async def check(exercise: Exercise) -> Report:
        if errors:
            raise errors.pop()
        return passed(exercise)

    async with CourseSession(course, check) as session:
        with session.subscribe() as events:
            save(exercise)
            kinds = (EventKind.SAVED, EventKind.CHECKING, EventKind.NOTICE, EventKind.REPORT)
            *_, notice, report = await received(events, *kinds)
            assert "RuntimeError: no more processes" in (notice.notice or "")
            assert report.report
            assert report.report.outcome is Outcome.BROKEN
            assert report.report.message == notice.notice
            assert session.progress.entry(exercise).checks == 0
            save(exercise, "print(2)\n")
            await received(events, EventKind.SAVED, EventKind.CHECKING, EventKind.REPORT)
    assert "no more processes" in caplog.text


async def test_watching_that_fails_begins_again(course, exercise, monkeypatch, caplog):
    """It is told, and later saves are seen."""
    watch, errors = Watcher.watch, [OSError("the disk is gone")]

    async def fail_once(watcher):
        async for saved in watch(watcher):
            if errors:
                raise errors.pop()
            yield saved

    monkeypatch.setattr(Watcher, "watch", fail_once)
    monkeypatch.setattr(session_module, "AGAIN", 0)
    async with CourseSession(course, good) as session:
        with session.subscribe() as events:
            save(exercise)
            (told,) = await received(events, EventKind.NOTICE)
            assert "OSError: the disk is gone" in (told.notice or "")
            save(exercise, "print(2)\n")
            await received(events, EventKind.SAVED, EventKind.CHECKING, EventKind.REPORT)


async def test_progress_that_cannot_be_written(course, exercise, monkeypatch):
    """The verdict comes all the same, and it is told where it could not be written."""

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async with CourseSession(course, good) as session:
        monkeypatch.setattr(session.progress, "record", refuse)
        with session.subscribe() as events:
            session.check(exercise)
            _, told, _ = await received(
                events, EventKind.CHECKING, EventKind.NOTICE, EventKind.REPORT
            )
            assert "No space left on device" in (told.notice or "")
            assert "progress.json" in (told.notice or "")
            session.check(exercise)
            await received(events, EventKind.CHECKING, EventKind.REPORT)  # once is enough
            monkeypatch.undo()
            session.check(exercise)
            _, told, _ = await received(
                events, EventKind.CHECKING, EventKind.NOTICE, EventKind.REPORT
            )
            assert told.notice == "Your progress is written down again."
            monkeypatch.setattr(session.progress, "record", refuse)
            session.check(exercise)
            await received(events, EventKind.CHECKING, EventKind.NOTICE, EventKind.REPORT)


async def test_progress_is_written_off_the_loop_in_order(course, monkeypatch):
    """A slow disk holds up nobody; what was noted first is written first, even at the end."""
    noted, go, begun = [], threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(exercise: Exercise, report: Report) -> None:
        loop.call_soon_threadsafe(begun.set)
        assert go.wait(LONG)
        noted.append(exercise.name)

    names = [exercise.name for exercise in course.exercises]
    async with CourseSession(course, good) as session:
        monkeypatch.setattr(session.progress, "record", slow)
        with session.subscribe() as events:
            for exercise in course.exercises:
                session.check(exercise)
            await begun.wait()  # the loop runs while the disk does not
            assert noted == []
            go.set()
            kinds = [EventKind.CHECKING] * len(names) + [EventKind.REPORT] * len(names)
            await received(events, *kinds)
    assert noted == names


async def test_hints_and_verdicts_at_once(course, exercise):
    """Whoever writes, nothing of the other is lost."""
    progress = Progress(course.root)
    await asyncio.gather(
        *(asyncio.to_thread(progress.record, exercise, passed(exercise)) for _ in range(20)),
        *(asyncio.to_thread(progress.take_hint, exercise, f"test_{n}", 2) for n in range(20)),
    )
    entry = json.loads(progress.file.read_text())[exercise.key]
    assert entry["checks"] == 20
    assert len(entry["hints"]) == 20


async def test_a_slow_listener(course, exercise):
    """It does not grow without bound, and gets the newest of each kind in order."""
    async with CourseSession(course, good) as session:
        with session.subscribe() as events:
            for _ in range(session_module.BACKLOG):
                await session.check(exercise)
            await session.check(course.exercises[1])
            assert events.qsize() <= session_module.BACKLOG
            waiting = [events.get_nowait() for _ in range(events.qsize())]
    assert [(e.kind, e.exercise) for e in waiting[-4:]] == [
        (EventKind.CHECKING, exercise),
        (EventKind.REPORT, exercise),
        (EventKind.CHECKING, course.exercises[1]),
        (EventKind.REPORT, course.exercises[1]),
    ]


async def test_a_suite_that_was_changed_is_read_again(course, exercise):
    """The checker finds the new questions."""
    asked: asyncio.Queue[int] = asyncio.Queue()

    async def check(exercise: Exercise) -> Report:
        asked.put_nowait(len(exercise.questions))
        return passed(exercise)

    async with CourseSession(course, check) as session:
        assert session.current == exercise
        before = len(exercise.questions)
        more = '\n\ndef test_more():\n    """It does more."""\n'
        exercise.suite.write_text(exercise.suite.read_text() + more)
        async with asyncio.timeout(LONG):
            assert await asked.get() == before + 1


async def test_what_is_next_is_expected(course):
    """So that a spare can rehearse it: the one that is next, then whichever is turned to."""
    expected: list[Exercise] = []
    async with CourseSession(course, good, expected.append) as session:
        session.select(course.exercises[2])
        await session.check(course.exercises[1])
        assert session.current == course.exercises[1]
    assert expected == [course.exercises[at] for at in (0, 2, 1)]


async def test_the_end_of_a_lesson(course, exercise):
    """Whatever runs is cancelled, whoever waits for it is told."""
    began = asyncio.Event()

    async def hang(exercise: Exercise) -> Report:
        began.set()
        await asyncio.Event().wait()
        raise AssertionError("nothing sets it")

    async with CourseSession(course, hang) as session:
        task = session.check(exercise)
        await began.wait()
    assert task.cancelled()


async def test_a_course_that_is_renamed(course, exercise, monkeypatch):
    """It is said once, with what to do; when it is back, saves are seen again."""
    monkeypatch.setattr("workshop.workspace.watcher.LOOK", 0.05)
    monkeypatch.setattr(session_module, "AGAIN", 0.01)
    async with CourseSession(course, good) as session:
        with session.subscribe() as events:
            elsewhere = course.root.with_name(f"{course.root.name} moved")
            course.root.rename(elsewhere)
            (gone,) = await received(events, EventKind.NOTICE)
            assert "was renamed, moved or removed" in (gone.notice or "")
            session.check(exercise)
            await received(events, EventKind.CHECKING, EventKind.REPORT)  # once is enough
            assert not course.root.exists()
            elsewhere.rename(course.root)
            (back,) = await received(events, EventKind.NOTICE)
            assert "is back" in (back.notice or "")
            save(exercise)
            await received(events, EventKind.SAVED, EventKind.CHECKING, EventKind.REPORT)
            assert session.progress.done(exercise)


async def test_a_suite_that_is_away_for_a_moment(course, exercise):
    """Whoever asks what it says is told what it said; the checker says that it is away."""
    title, text = exercise.title, exercise.suite.read_text()
    exercise.suite.unlink()
    exercise.forget()
    assert (exercise.title, len(exercise.questions)) == (title, 3)
    report = await checker.check(exercise)
    assert "cannot be read" in (report.message or "")
    exercise.suite.write_text(text.replace(title, "Another title"))
    assert exercise.title == "Another title"


async def test_half_a_file_is_tidied_away_at_the_start(course, exercise):
    """Whoever wrote it was killed."""
    half = exercise.file.with_name(".greet.py.abcdefgh.new")
    half.touch()
    os.utime(half, (1e9, 1e9))
    async with CourseSession(course, good):
        assert not half.exists()
