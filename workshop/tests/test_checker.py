"""`checker.check`: three outcomes, deadlines, cancelling, the learner's file, broken courses.

Hostile submissions are in `test_hostile.py`.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import sys
from pathlib import Path

import psutil
import pytest

from workshop import course
from workshop.course import ROOT, Exercise
from workshop.report import Outcome, Report, from_json, to_json
from workshop.runner import checker, signal_guard
from workshop.tests.polling import wait_until

PLAIN = course.discover().select("plain_text")[0]
RIGHT = PLAIN.solution.read_text(encoding="utf-8")
LIMITS = checker.Limits(seconds=20)


def exercise_in(root: Path) -> Exercise:
    """The exercise in another copy of the course."""
    return Exercise(root, PLAIN.step, PLAIN.name)


def has_ended(pid: int) -> bool:
    """Return whether a process has ended, reaped or not."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@pytest.fixture
def stuck(tmp_path: Path) -> tuple[Path, Path]:
    """A submission that never ends, and the file in which it says that it has begun."""
    file, begun = tmp_path / "plain_text.py", tmp_path / "begun"
    act = f"from pathlib import Path\nPath({str(begun)!r}).write_text(str(os.getpid()))\n"
    file.write_text(f"{RIGHT.partition('if __name__')[0]}{act}while True:\n    pass\n")
    return file, begun


# The three outcomes


async def test_a_thread_behind_an_error_is_not_reported(tmp_path):
    """Where a check failed, the report explains the error, not the thread that it left running."""
    file = tmp_path / "plain_text.py"
    left = (
        "    import threading, time\n    threading.Thread(target=time.sleep, args=(60,)).start()\n"
    )
    file.write_text(
        RIGHT.replace("    return web.Response", f"{left}    1 / 0\n    return web.Response")
    )
    report = await checker.check(PLAIN, file, LIMITS)
    assert report.outcome is Outcome.FAILED
    assert report.message is None
    assert report.checks[0].advice
    assert "ZeroDivisionError" in report.checks[0].advice.sentence


async def test_three_outcomes(tmp_path):
    """The solution passes, the stub fails, and half a file is broken."""
    half = tmp_path / "plain_text.py"
    half.write_text(RIGHT[:-100])
    reports = [await checker.check(PLAIN, f, LIMITS) for f in (PLAIN.solution, PLAIN.stub, half)]
    assert [report.outcome for report in reports] == list(Outcome)
    assert [len(report.checks) for report in reports] == [len(PLAIN.questions)] * 3
    assert all(from_json(to_json(report)) == report for report in reports)


async def test_a_report_cannot_be_changed():
    """All data of a report is frozen."""
    report = await checker.check(PLAIN, PLAIN.stub, LIMITS)
    for frozen in (report, report.checks[0], report.checks[0].exchanges[0], LIMITS):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(frozen, dataclasses.fields(frozen)[0].name, "another")


async def test_surrogates_and_control_codes(tmp_path):
    """Lone surrogates and control codes come out as text that can be encoded."""
    file = tmp_path / "plain_text.py"
    act = 'print("\\udcff \\x1b[31mred\\x00 ł")\n    raise ValueError("\\ud800")\n    return'
    file.write_text(RIGHT.replace("return", act, 1))
    report = await checker.check(PLAIN, file, LIMITS)
    to_json(report).encode()
    assert "\\udcff red ł\n" in report.checks[0].output
    assert from_json(to_json(report)) == report


async def test_an_edit_of_the_same_length_is_seen(tmp_path):
    """An edit of the same length within the same second runs the new code."""
    file = tmp_path / "plain_text.py"
    outcomes = []
    for word in ("Hello", "Hullo", "Hello"):
        file.write_text(RIGHT.replace("Hello", word))
        os.utime(file, (1e9, 1e9))
        outcomes.append((await checker.check(PLAIN, file, LIMITS)).outcome)
    assert outcomes == [Outcome.PASSED, Outcome.FAILED, Outcome.PASSED]


async def test_checks_run_at_the_same_time(stuck):
    """Checks that run at the same time each get their own report."""
    limits = checker.Limits(seconds=1)
    first, second, third = await asyncio.gather(
        checker.check(PLAIN, PLAIN.solution, LIMITS),
        checker.check(PLAIN, stuck[0], limits),
        checker.check(PLAIN, PLAIN.stub, LIMITS),
    )
    outcomes = [report.outcome for report in (first, second, third)]
    assert outcomes == [Outcome.PASSED, Outcome.BROKEN, Outcome.FAILED]


# Time


@pytest.mark.slow
async def test_imports_do_not_count_for_the_deadline(scratch):
    """The deadline begins with the learner's code, however long the imports take."""
    exercise = exercise_in(scratch)
    wait = "import time\nuntil = time.monotonic() + 3\nwhile time.monotonic() < until:\n    pass\n"
    suite = exercise.suite.read_text().replace("import pytest\n", f"{wait}import pytest\n", 1)
    exercise.suite.write_text(suite)
    report = await checker.check(exercise, exercise.solution, checker.Limits(seconds=2.5))
    assert report.passed, report.message
    assert 0 < report.seconds < 2.5


async def test_python_does_not_start_in_time():
    """When Python does not start in time, the report calls it a fault of the course."""
    report = await checker.check(PLAIN, PLAIN.solution, checker.Limits(start=0.01))
    assert report.outcome is Outcome.BROKEN
    assert "fault of the course" in (report.message or "")


# Nothing is left


async def test_cancelling_ends_the_worker(stuck, trees, place):
    """Cancelling a check, as a newer save and Ctrl-C do, leaves no process and no folder."""
    file, begun = stuck
    task = asyncio.create_task(checker.check(PLAIN, file, LIMITS))
    await wait_until(begun.exists)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [tree.alive() for tree in trees] == [[]]
    assert list(place.iterdir()) == []


async def test_cancelling_while_python_starts(trees, place):
    """Cancelling a check before Python has started leaves no process and no folder."""
    task = asyncio.create_task(checker.check(PLAIN, PLAIN.solution, LIMITS))
    await wait_until(lambda: trees and trees[0].head)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert trees[0].alive() == []
    assert list(place.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX only")
async def test_a_worker_ends_after_its_checker_was_killed(stuck):
    """When the checker is killed, the learner's code ends at its deadline all the same."""
    file, begun = stuck
    program = (
        "import asyncio, sys; from pathlib import Path; from workshop import course;"
        "from workshop.runner import checker;"
        "exercise = course.discover().select('plain_text')[0];"
        "asyncio.run(checker.check(exercise, Path(sys.argv[1]), checker.Limits(seconds=1)))"
    )
    words = (sys.executable, "-c", program, str(file))
    place = {**os.environ, "TMPDIR": str(file.parent)}
    running = await asyncio.create_subprocess_exec(*words, cwd=ROOT, env=place)
    await wait_until(lambda: begun.exists() and begun.read_text())
    running.kill()
    await running.wait()
    await wait_until(lambda: has_ended(int(begun.read_text())))


ASKS = (
    "import asyncio, sys; from pathlib import Path; from workshop import course;"
    "from workshop.runner import checker;"
    "exercise = course.discover().select('plain_text')[0];"
    "report = asyncio.run(checker.check(exercise, Path(sys.argv[1]), checker.Limits(seconds=5)));"
    "print(report.outcome.name)"
)
"""A checker that says how a check ended, and so that it lives."""
ENDS = {
    "its parent": "subprocess.run(['kill', '-TERM', str(os.getppid())])",
    "its parent at once": "subprocess.run(['kill', '-KILL', str(os.getppid())])",
    "by the shell": "os.system('kill -INT $PPID; kill -HUP ' + str(os.getppid()))",
    "by C": "ctypes.CDLL(None).kill(os.getppid(), signal.SIGKILL)",
    "the checker": "subprocess.run(['kill', '-KILL', str(psutil.Process().parents()[1].pid)])",
    "the checker by C": "ctypes.CDLL(None).kill(psutil.Process().parents()[1].pid, 9)",
}


@pytest.mark.sampled(table="signals by programs and c code")
@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX only")
@pytest.mark.parametrize("ends", ENDS, ids=str)
async def test_signals_by_programs_and_c_code(ends, tmp_path):
    """The checker survives signals by programs and C code: the subreaper and Landlock stop them."""
    if "checker" in ends and not signal_guard.has_signal_scope():
        pytest.skip("this system does not keep signals within")
    file = tmp_path / "plain_text.py"
    act = f"import ctypes, os, signal, subprocess\nimport psutil\n{ENDS[ends]}\n"
    file.write_text(f"{RIGHT.partition('if __name__')[0]}{act}")
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", ASKS, str(file)),
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    said, _ = await running.communicate()
    assert running.returncode == 0
    assert said.decode().strip() in Outcome.__members__


async def test_without_process_groups(monkeypatch, stuck, trees):
    """Where there are no process groups, as on Windows, the descendants are ended one by one."""
    for name in ("killpg", "getpgid", "getsid", "setsid"):
        monkeypatch.delattr(os, name, raising=False)
    report = await checker.check(PLAIN, stuck[0], checker.Limits(seconds=1))
    assert report.advice
    assert report.advice.key == "busy"
    assert trees[0].alive() == []


# The learner's file


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda file: None, "cannot be read"),
        (lambda file: file.mkdir(), "is a folder"),
        (lambda file: file.write_bytes(bytes(2 * 1024 * 1024)), "holds 2 MB"),
        (lambda file: file.symlink_to(file.parent / "nowhere"), "cannot be read"),
        pytest.param(
            lambda file: os.mkfifo(file),
            "no ordinary file",
            marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="POSIX only"),
        ),
    ],
    ids=["missing", "folder", "huge", "dangling", "pipe"],
)
async def test_a_file_that_is_no_source(make, says, tmp_path, trees):
    """The message says what is wrong with the file, and how to get the original back."""
    file = tmp_path / "plain_text.py"
    make(file)
    report = await checker.check(PLAIN, file, LIMITS)
    assert report.outcome is Outcome.BROKEN
    assert says in (report.message or "")
    assert "python -m workshop reset plain_text" in (report.message or "")
    assert trees == []


async def test_a_file_without_permission(monkeypatch, tmp_path):
    """The message has the system's reason."""

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    report = await checker.check(PLAIN, PLAIN.solution, LIMITS)
    assert "cannot be read (Permission denied)" in (report.message or "")


async def test_a_file_saved_during_a_check(scratch, tmp_path):
    """The report is on the old content; a file that is saved during a check is not overwritten."""
    exercise = exercise_in(scratch)
    begun = tmp_path / "begun"
    act = f"from pathlib import Path\nPath({str(begun)!r}).touch()\nwhile True:\n    pass\n"
    exercise.file.write_text(f"{RIGHT.partition('if __name__')[0]}{act}")
    task = asyncio.create_task(checker.check(exercise, limits=checker.Limits(seconds=2)))
    await wait_until(begun.exists)
    exercise.file.write_text(RIGHT)
    report = await task
    assert report.outcome is Outcome.BROKEN
    assert exercise.file.read_text() == RIGHT
    trouble = report.first_trouble
    assert trouble
    assert trouble.traceback[-1].code in {"while True:", "pass"}


async def test_a_file_deleted_during_a_check(scratch, tmp_path):
    """A learner's file that is deleted during a check is written again."""
    exercise = exercise_in(scratch)
    begun, done = tmp_path / "begun", tmp_path / "done"
    act = (
        f"from pathlib import Path\nPath({str(begun)!r}).touch()\n"
        f"while not Path({str(done)!r}).exists():\n    pass\n"
    )
    written = f"{RIGHT.partition('if __name__')[0]}{act}"
    exercise.file.write_text(written)
    task = asyncio.create_task(checker.check(exercise, limits=LIMITS))
    await wait_until(begun.exists)
    exercise.file.unlink()
    done.touch()
    await task
    assert exercise.file.read_text() == written


# The course around it


async def test_files_beside_the_submission(scratch):
    """Files and folders beside the submission are copied for a check; suites are not."""
    exercise = exercise_in(scratch)
    templates = exercise.file.parent / "templates" / "parts"
    templates.mkdir(parents=True)
    (templates / "name.txt").write_text("Ada")
    head = "from pathlib import Path\nHERE = Path(__file__).parent\n"
    read = '"Hello from " + (HERE / "templates" / "parts" / "name.txt").read_text()'
    tail = 'assert not list(HERE.glob("test_*"))\n'
    exercise.file.write_text(head + RIGHT.replace('"Hello from Ada"', read) + tail)
    report = await checker.check(exercise, limits=LIMITS)
    assert report.passed, report.first_trouble


@pytest.mark.parametrize(
    "change",
    [
        lambda suite: suite + "\ndef test_half(:\n",
        lambda suite: suite.replace("import pytest\n", "import pytest\nimport not_there\n", 1),
        lambda suite: "",
    ],
    ids=["syntax", "import", "empty"],
)
async def test_a_broken_suite(change, scratch):
    """A suite that cannot be run is a fault of the course, and the message says so."""
    exercise = exercise_in(scratch)
    exercise.suite.write_text(change(exercise.suite.read_text()))
    report = await checker.check(exercise, exercise.solution, LIMITS)
    assert report.outcome is Outcome.BROKEN
    assert (report.message or "").startswith("This is a fault of the course, not of your code")


async def test_a_missing_suite(scratch):
    """A missing suite is a fault of the course, and the message says so."""
    exercise = exercise_in(scratch)
    exercise.suite.unlink()
    report = await checker.check(exercise, exercise.solution, LIMITS)
    assert "fault of the course" in (report.message or "")


@pytest.mark.sampled(table="environment variables change no verdict")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PYTHONOPTIMIZE", "2"),
        ("PYTHONSAFEPATH", "1"),
        ("PYTHONWARNINGS", "error"),
        ("PYTHONINSPECT", "1"),
        ("PYTEST_ADDOPTS", "--collect-only"),
        ("PYTEST_PLUGINS", "not_there"),
        ("PYTHONIOENCODING", "ascii"),
        ("LC_ALL", "C"),
    ],
)
async def test_environment_variables_change_no_verdict(name, value, monkeypatch):
    """Environment variables neither make a wrong answer pass nor a right one fail."""
    monkeypatch.setenv(name, value)
    right, wrong = await asyncio.gather(
        checker.check(PLAIN, PLAIN.solution, LIMITS), checker.check(PLAIN, PLAIN.stub, LIMITS)
    )
    assert right.passed, right.message
    assert wrong.outcome is Outcome.FAILED
    assert wrong.checks[0].sentence == PLAIN.questions[0].sentence


def test_a_report_without_checks_as_json():
    """A report without checks can be encoded and decoded."""
    report = Report("step01_hello", "plain_text", Outcome.BROKEN, message="plain_text.py is gone.")
    assert from_json(to_json(report)) == report
    assert json.loads(to_json(report))["tests"] == []
