"""Warm workers of the pool are ready, used once, never stale, ended, and give the same reports.

`WORKSHOP_ALL=1` compares cold and warm for every answer of every exercise; otherwise for a few.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from workshop.course import ROOT, Course, Exercise, copy_to, discover
from workshop.report import Outcome
from workshop.runner import checker, events, process
from workshop.runner.pool import WorkerPool
from workshop.runner.process_tree import ProcessTree
from workshop.runner.run_state import RunState
from workshop.runner.warm_worker import WarmWorker, fingerprint_of
from workshop.tests import report_comparison
from workshop.tests.polling import TIMEOUT, wait_until

COURSE = discover()
GREET = COURSE.select("greet")[0]
LIMITS = checker.Limits(seconds=20)
EVERY = bool(os.environ.get("WORKSHOP_ALL"))
FOLDERS = ("step01_hello", "step02_routes")


async def ready(pool: WorkerPool) -> None:
    """Wait until the pool is full."""
    async with asyncio.timeout(TIMEOUT):
        await pool.ready()


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A copy of the course with two steps."""
    trees = ("workshop", "exercises", "solutions", "steps")
    root = tmp_path / "a course"
    return copy_to(root, trees=trees, steps=FOLDERS, without=("workshop/tests", "workshop/site"))


@pytest.fixture
def exercise(course: Course) -> Exercise:
    """The first exercise of that copy."""
    return course.select("plain_text")[0]


@pytest.fixture
async def pool(course: Course, place: Path, trees) -> AsyncIterator[WorkerPool]:
    """A pool with one worker, ready for the first exercise; at the end nothing of it is left."""
    course.select("plain_text")[0].file.write_bytes(
        course.select("plain_text")[0].stub.read_bytes()
    )
    async with WorkerPool(course, size=1) as made:
        made.expect(course.select("plain_text")[0])
        await ready(made)
        yield made
    assert [tree.alive() for tree in trees] == [[] for _ in trees]
    assert report_comparison.names_in(place) == []


@pytest.mark.interpreter
async def test_a_worker_runs_one_check(pool, exercise, trees):
    """Each check has a process of its own; the next one is started meanwhile."""
    outcomes = []
    for file in (exercise.solution, exercise.stub):
        await ready(pool)
        outcomes.append((await pool.check(exercise, file, LIMITS)).outcome)
    await ready(pool)
    assert outcomes == [Outcome.PASSED, Outcome.FAILED]
    assert pool.cold_starts == 0
    assert len({tree.head for tree in trees}) == 3


async def test_a_worker_for_another_exercise_is_used(pool, course):
    """A worker that was warmed up for one exercise checks another one, too."""
    other = course.select("greet")[0]
    report = await pool.check(other, other.solution, LIMITS)
    assert report.passed, report.message
    assert report.exercise == "greet"
    assert pool.cold_starts == 0


@pytest.mark.sampled(table="a stale worker is thrown away")
@pytest.mark.parametrize(
    "name",
    [
        "exercises/step01_hello/test_plain_text.py",
        "conftest.py",
        "workshop/recorder/plugin.py",
        "workshop/recorder/check_record.py",
        "workshop/advice/explain.py",
        "requirements.txt",
        "solutions/step01_hello/plain_text.py",
    ],
)
async def test_a_stale_worker_is_thrown_away(name, pool, exercise, trees):
    """A worker ends when a file that it has imported changes; another one runs the check."""
    (head,) = [tree.head for tree in trees]
    file = exercise.root / name
    file.write_text(file.read_text() + "\n# changed\n")
    report = await pool.check(exercise, exercise.solution, LIMITS)
    assert report.passed, report.message
    assert trees[1].head != head, "another process did it"
    assert trees[0].alive() == []


async def test_a_suite_changed_before_a_save_counts(pool, exercise):
    """A suite that changes right before the save is run in its new version."""
    more = '\n\ndef test_more():\n    """It does more."""\n    assert 1 == 2\n'
    exercise.suite.write_text(exercise.suite.read_text() + more)
    exercise.forget()
    report = await pool.check(exercise, exercise.solution, LIMITS)
    assert report.outcome is Outcome.FAILED


def test_learners_files_are_not_in_the_fingerprint(exercise):
    """Learners' files do not change the fingerprint: a worker reads them with the job."""
    before = fingerprint_of(exercise)
    exercise.file.write_text("print()\n")
    (exercise.file.parent / "notes.py").write_text("print()\n")
    assert fingerprint_of(exercise) == before
    (exercise.suite.parent / "conftest.py").write_text("")
    assert fingerprint_of(exercise) != before


def test_an_installed_package_changes_the_fingerprint(exercise, monkeypatch, tmp_path):
    """Installing a package changes its folder, and so the fingerprint."""
    monkeypatch.syspath_prepend(str(tmp_path))
    os.utime(tmp_path, (1e9, 1e9))
    before = fingerprint_of(exercise)
    (tmp_path / "package-1.0.dist-info").mkdir()
    assert fingerprint_of(exercise) != before


async def test_a_worker_that_dies_is_replaced(pool, exercise, trees):
    """A worker that dies while it waits is replaced before the next check."""
    psutil.Process(trees[0].head).kill()
    await wait_until(lambda: len(trees) > 1)
    await ready(pool)
    report = await pool.check(exercise, exercise.solution, LIMITS)
    assert report.passed
    assert pool.cold_starts == 0


@pytest.mark.skipif(os.name != "posix", reason="SIGSTOP is POSIX only")
async def test_a_suspended_worker_is_not_waited_for(pool, exercise):
    """When the warm worker is suspended, a check starts another process and passes."""
    inner = pool.workers[0].worker.tree.inner
    os.kill(inner, signal.SIGSTOP)
    await wait_until(pool.workers[0].worker.tree.suspended)
    report = await pool.check(exercise, exercise.solution, LIMITS)
    assert report.passed, report.message
    assert pool.cold_starts == 1


@pytest.mark.skipif(os.name != "posix", reason="SIGSTOP is POSIX only")
async def test_a_worker_that_does_not_begin_is_given_up(pool, exercise, monkeypatch):
    """When a warm worker does not begin with its job in time, another process runs the check."""
    monkeypatch.setattr(checker, "ANSWER_SECONDS", 0.2)
    monkeypatch.setattr(WarmWorker, "is_usable", lambda warm: warm.alive)
    os.kill(pool.workers[0].worker.tree.inner, signal.SIGSTOP)
    report = await pool.check(exercise, exercise.solution, LIMITS)
    assert report.passed, report.message
    monkeypatch.undo()


@pytest.mark.skipif(os.name != "posix", reason="SIGSTOP is POSIX only")
async def test_every_worker_is_suspended(exercise, trees, monkeypatch):
    """When the second try is suspended too, the report says so, and blames nobody."""
    monkeypatch.setattr(events, "MAX_SUSPENDED", 0.0)
    monkeypatch.setattr(ProcessTree, "suspended", lambda tree: True)
    report = await checker.check(exercise, exercise.solution, LIMITS)
    assert "was suspended before your code ran" in (report.message or "")
    assert "fault" not in (report.message or "")
    assert len(trees) == 2, "there were two tries"


@pytest.fixture
async def pair(course: Course, place: Path, trees, monkeypatch) -> AsyncIterator[WorkerPool]:
    """A pool with two workers, ready for a large suite; at the end nothing of it is left."""
    monkeypatch.setattr("workshop.runner.pool.CPUS", 2)
    greet = course.select("greet")[0]
    greet.file.write_bytes(greet.stub.read_bytes())
    async with WorkerPool(course, size=2) as made:
        made.expect(greet)
        await ready(made)
        yield made
    assert [tree.alive() for tree in trees] == [[] for _ in trees]
    assert report_comparison.names_in(place) == []


def ending(exercise: Exercise, check: str, words: str) -> str:
    """Return the solution, which does something of its own in one of the checks."""
    inside = f"if {check!r} in os.environ.get('PYTEST_CURRENT_TEST', ''): {words}"
    return f"import asyncio, os\n{exercise.solution.read_text()}\n\n{inside}\n"


@pytest.mark.slow
@pytest.mark.interpreter
async def test_two_workers_share_a_large_suite(pair, course, trees):
    """All checks run once, in the order of the suite; the next save finds two workers again."""
    greet = course.select("greet")[0]
    for _ in range(2):
        report = await pair.check(greet, greet.solution, LIMITS)
        assert report.passed, report.message
        assert [check.name for check in report.checks] == [one.name for one in greet.questions]
        await ready(pair)
    assert len(trees) == 6
    assert pair.cold_starts == 0


@pytest.mark.sampled(table="a crash in one half")
@pytest.mark.parametrize(("number", "asked"), [(1, 1), (-1, 4)])
async def test_a_crash_in_one_half(number, asked, pair, course, tmp_path):
    """When one half crashes, the report is that of one process: nothing ran behind the crash."""
    greet = course.select("greet")[0]
    file = tmp_path / "greet.py"
    file.write_text(ending(greet, greet.questions[number].name, "os._exit(3)"))
    report = await pair.check(greet, file, LIMITS)
    assert [check.passed for check in report.checks] == [True] * asked + [False] * (5 - asked)
    assert "exit code 3" in (report.message or "")
    assert report_comparison.report_lines(report) == report_comparison.report_lines(
        await checker.check(greet, file, LIMITS)
    )


@pytest.mark.slow
async def test_a_half_behind_a_crash_is_cancelled(pair, course, tmp_path):
    """When the first half ends the program, the report does not wait for the second one."""
    greet = course.select("greet")[0]
    first, *_, last = greet.questions
    file = tmp_path / "greet.py"
    hangs = ending(greet, last.name, "\n    while True: pass")
    file.write_text(hangs + ending(greet, first.name, "os._exit(3)").partition("\n")[2])
    async with asyncio.timeout(TIMEOUT):
        report = await pair.check(greet, file, checker.Limits(seconds=10 * TIMEOUT))
    assert "exit code 3" in (report.message or "")


@pytest.mark.interpreter
async def test_the_second_half_hangs(pair, course, tmp_path):
    """The report has the line at which the second half hangs, and the checks that passed."""
    greet = course.select("greet")[0]
    file = tmp_path / "greet.py"
    file.write_text(ending(greet, greet.questions[-1].name, "\n    while True: pass"))
    report = await pair.check(greet, file, checker.Limits(seconds=1))
    assert [check.passed for check in report.checks] == [True] * 4 + [False]
    assert report.checks[-1].advice
    assert report.checks[-1].advice.key == "busy"
    assert "while True" in report.checks[-1].traceback[-1].code


@pytest.mark.parametrize(
    ("name", "value"),
    [("workshop.runner.pool.CPUS", 1), ("workshop.runner.pool.MIN_SHARED_CHECKS", 6)],
)
def test_when_a_suite_is_not_shared(name, value, monkeypatch):
    """One worker runs the suite on a single processor, and when the suite is small."""
    monkeypatch.setattr("workshop.runner.pool.CPUS", 2)
    first, second = warm_worker(), warm_worker()
    assert partner_of(first, second) is second
    monkeypatch.setattr(name, value)
    assert partner_of(first, second) is None


@pytest.mark.parametrize(("split", "first"), [("time", 1), ("count", 2)])
async def test_how_many_checks_each_worker_runs(split, first, monkeypatch):
    """A suite is cut by the durations of its checks, or by their number where they share work."""
    asked: list[int] = []

    async def ask(*words: Any) -> RunState:
        asked.append(len(GREET.questions) - len(words[-1]))
        return RunState(ended=True)

    monkeypatch.setattr(checker, "run_in", ask)
    monkeypatch.setattr("workshop.course.layout.Exercise.split", split)
    both: Any = (None, None)
    took = {question.name: 0.01 for question in GREET.questions} | {GREET.questions[0].name: 1}
    await checker.run_all(GREET, b"", both, LIMITS, took)
    assert asked == [first, len(GREET.questions) - first]


@pytest.mark.parametrize(
    "other",
    [
        {"fingerprint": {"conftest.py": (2, 2)}},
        {"exercise": COURSE.exercises[0]},
        {"ready": False},
        {"dead": True},
    ],
)
def test_which_workers_do_not_share(other, monkeypatch):
    """A worker shares no suite when its fingerprint or exercise differs, or it is not alive."""
    monkeypatch.setattr("workshop.runner.pool.CPUS", 2)
    assert partner_of(warm_worker(), warm_worker(**other)) is None


def warm_worker(dead: bool = False, **other: Any) -> WarmWorker:
    """Return a warm worker without a process."""
    process = SimpleNamespace(returncode=9 if dead else None)
    worker = SimpleNamespace(process=process)
    usual = {"exercise": GREET, "fingerprint": {"conftest.py": (1, 1)}, "ready": True}
    return WarmWorker(worker=worker, **{**usual, **other})  # type: ignore[arg-type]


def partner_of(first: WarmWorker, other: WarmWorker) -> WarmWorker | None:
    """Return the worker that would share the suite with the first, if the other one waits."""
    pool = WorkerPool(COURSE)
    pool.workers = [other]
    return pool.partner_of(GREET, first)


@pytest.mark.parametrize("exercise", [pytest.param(e, id=e.key) for e in COURSE.exercises])
def test_judged_suites_are_split_by_count(exercise: Exercise):
    """Suites with a judge are split by count: whichever check is first runs the learner's tests."""
    judged = any("judge" in question.code for question in exercise.questions)
    assert exercise.split == ("count" if judged else "time")


@pytest.mark.slow
async def test_no_suite_is_shared_after_a_change(pair, course, trees):
    """Workers with an older suite do not share the new one; the check starts cold."""
    greet = course.select("greet")[0]
    more = '\n\ndef test_more():\n    """It does more."""\n    assert 1 == 2\n'
    greet.suite.write_text(greet.suite.read_text() + more)
    greet.forget()
    report = await pair.check(greet, greet.solution, LIMITS)
    assert [check.passed for check in report.checks] == [True] * 5 + [False]
    assert pair.cold_starts == 1


@pytest.mark.slow
async def test_cancelling_ends_both_halves(pair, course, trees, tmp_path):
    """Cancelling a shared check ends both workers at once."""
    greet = course.select("greet")[0]
    file = tmp_path / "greet.py"
    file.write_text(f"{greet.solution.read_text()}\n\nwhile True:\n    pass\n")
    older = asyncio.create_task(pair.check(greet, file, checker.Limits(seconds=TIMEOUT)))
    busy = [psutil.Process(tree.head) for tree in trees]
    await wait_until(lambda: sum(one.cpu_percent() > 50 for one in busy) == 2)
    older.cancel()
    await asyncio.gather(older, return_exceptions=True)
    await wait_until(lambda: not any(one.is_running() for one in busy))


async def test_no_worker_can_be_warmed_up(pool, exercise, monkeypatch):
    """When the course cannot be imported, the check starts cold and says what is wrong."""
    file = exercise.root / "conftest.py"
    file.write_text("import not_there\n" + file.read_text())
    report = await pool.check(exercise, exercise.solution, LIMITS)
    assert "fault of the course" in (report.message or "")
    assert pool.cold_starts == 1


async def test_a_warm_up_that_leaves_a_thread(pool, exercise):
    """A warm-up that leaves a thread gives no worker; the check starts cold and is complete."""
    text = exercise.solution.read_text()
    left = (
        "\nimport threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n"
    )
    exercise.solution.write_text(text + left)
    report = await pool.check(exercise, exercise.stub, LIMITS)
    assert report.outcome is Outcome.FAILED
    assert pool.cold_starts == 1


@pytest.mark.slow
async def test_a_newer_save_cancels_the_older_check(course, place):
    """A newer save cancels the older check, whose process ends; the newer one is reported."""
    exercise = course.select("plain_text")[0]
    async with WorkerPool(course) as pool:
        pool.expect(exercise)
        await ready(pool)
        first = asyncio.create_task(pool.check(exercise, exercise.stub, LIMITS))
        await asyncio.sleep(0)
        first.cancel()
        reports = await asyncio.gather(
            first, pool.check(exercise, exercise.solution, LIMITS), return_exceptions=True
        )
        assert isinstance(reports[0], asyncio.CancelledError)
        assert not isinstance(reports[1], BaseException)
        assert reports[1].passed
    assert report_comparison.names_in(place) == []


async def test_a_system_that_starts_no_process(course, place, monkeypatch):
    """When the system starts no process, the report has the system's reason."""

    async def refuse(*words: object, **options: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(asyncio, "create_subprocess_exec", refuse)
    exercise = course.select("plain_text")[0]
    async with WorkerPool(course) as pool:
        report = await pool.check(exercise, exercise.solution, LIMITS)
    assert "Resource temporarily unavailable" in (report.message or "")
    assert report_comparison.names_in(place) == []


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX only")
async def test_workers_end_with_a_killed_course(tmp_path):
    """Warm workers end by themselves when the process of their pool is killed."""
    program = (
        "import asyncio; from workshop import course; from workshop.runner.pool import WorkerPool\n"
        "async def main():\n"
        "    async with WorkerPool(course.discover(), size=1) as pool:\n"
        "        await pool.ready()\n"
        "        print(pool.workers[0].worker.process.pid, flush=True)\n"
        "        await asyncio.Event().wait()\n"
        "asyncio.run(main())"
    )
    place = {**os.environ, "TMPDIR": str(tmp_path)}
    keeper = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, cwd=ROOT, env=place, stdout=asyncio.subprocess.PIPE
    )
    assert keeper.stdout
    async with asyncio.timeout(TIMEOUT):
        warm = psutil.Process(int(await keeper.stdout.readline()))
    keeper.kill()
    await keeper.wait()
    await wait_until(lambda: not warm.is_running() or warm.status() == psutil.STATUS_ZOMBIE)


def test_the_fingerprint_has_all_imports():
    """The fingerprint contains each module of the course that a worker imports."""
    words = "import sys, workshop.runner.worker as s, importlib; [importlib.import_module(n)"
    words += " for n in s.LIBRARIES]; print(*(m.__file__ for m in sys.modules.values()"
    words += " if getattr(m, '__file__', None)), sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    lines = [line for line in done.stdout.splitlines() if not line.startswith(sys.prefix)]
    ours = {line for line in lines if line.startswith(f"{ROOT}{os.sep}")}
    assert len(ours) > 20
    assert ours <= set(fingerprint_of(COURSE.exercises[0]))


async def test_closing_a_pool_while_a_worker_starts(course, place, trees):
    """Closing the pool while a worker starts leaves no process and no folder."""
    async with WorkerPool(course):
        await wait_until(lambda: trees and trees[0].head)
    assert [tree.alive() for tree in trees] == [[]]
    assert report_comparison.names_in(place) == []


@pytest.mark.slow
@pytest.mark.sampled
@pytest.mark.parametrize("exercise", [pytest.param(e, id=e.key) for e in COURSE.exercises])
async def test_cold_and_warm_reports_are_equal(exercise: Exercise, tmp_path: Path):
    """A warm worker gives the same report as a process that was started for the check."""
    async with WorkerPool(COURSE, size=1) as pool:
        for file in report_comparison.choose_files(exercise, 99 if EVERY else 2, tmp_path):
            assert await report_comparison.compare_warm_and_cold(pool, exercise, file) == []
        assert pool.cold_starts == 0


async def test_folders_of_a_killed_course_are_removed(course, place):
    """The next start removes the folders of a killed course, and leaves those of a running one."""
    other = place / "workshop-notes"
    other.mkdir()
    (other / "mine").touch()
    killed, held = process.make_home()
    (killed / "step01_hello").mkdir()
    held.close()  # as the system does it
    running, kept = process.make_home()
    async with WorkerPool(course, size=0):
        assert not killed.exists()
        assert running.exists()
        assert (other / "mine").exists()
    process.remove_home(running, kept)
