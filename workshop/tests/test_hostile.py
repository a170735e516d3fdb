"""Hostile submissions, which must not pass, and good ones that merely look odd.

Most files in `hostile/` are the right answer to step01/plain_text, and then do something that ends,
blocks, floods, fakes or breaks the check. Each must get a readable sentence with a line, in time,
with no process or file of it left on the machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from workshop.course import ROOT, Course, Exercise, Step, copy_to
from workshop.report import Line, Outcome, Report, from_json, to_json
from workshop.runner import checker, process_tree
from workshop.runner.pool import WorkerPool

FOLDER = Path(__file__).parent / "hostile"
RIGHT = (ROOT / "solutions" / "step01_hello" / "plain_text.py").read_bytes()
MB = 1024 * 1024
LONG = 60
LATE = 0.5
"""Seconds that a report may take beyond the deadline."""


@dataclass(frozen=True)
class Row:
    """What a submission must come to."""

    name: str
    says: str
    """Key of the advice, keys with "|" in between, or words of the message."""
    line: str = ""
    """Words of the learner's line that the report points to, or others, with "|" in between."""
    seconds: float = 2.0
    memory: int = 1024 * MB
    outcome: Outcome | None = Outcome.BROKEN
    """None where the versions of Python differ: it must not pass."""
    posix: bool = False
    """Whether it uses what other systems do not have."""


def busy_row(name: str, says: str, line: str) -> Row:
    """Return a row for code that runs until the deadline."""
    return Row(name, says, line, seconds=1.0)


FAILED = Outcome.FAILED
NOT_PASSED = {Outcome.FAILED, Outcome.BROKEN}
ROWS = (
    # cannot be imported
    Row("syntax_error", "unclosed|syntax", 'text="Hello from Ada"'),
    Row("import_error", "not-installed", "import aiohttp_teapot"),
    Row("import_name", "import", "import Respones"),
    Row("no_create_app", "no-create-app"),
    Row("bad_exception", "its str() raised ValueError", "raise Silent"),
    Row("worse_exception", "stumbled"),
    Row("bad_exception_in_handler", "unhandled", "raise Silent", outcome=FAILED),
    Row("lies_about_its_class", "concatenate", "Hello from Ada", outcome=FAILED),
    # never ends
    busy_row("import_loop", "busy", "while True|pass"),
    busy_row("handler_loop", "busy", "number"),
    busy_row("startup_loop", "busy", "while True|pass"),
    busy_row("blocked_sleep", "busy", "time.sleep(3600)"),
    busy_row("blocked_in_c", "busy", "sum(range(10**15))"),
    busy_row("no_collector_no_turns", "busy", "number"),
    busy_row("handler_waits", "waiting", "await answered.wait()"),
    busy_row("middleware_waits", "waiting", "async with lock, lock"),
    busy_row("cleanup_waits", "cleanup", "await asyncio.Event().wait()"),
    busy_row("startup_waits", "startup", "await asyncio.sleep(0.1)"),
    busy_row("context_waits", "startup", "await asyncio.Event().wait()"),
    busy_row("swallows_cancellation", "waiting", "await asyncio.sleep(3600)"),
    busy_row("thread_pool_stuck", "waiting", "threading.Event().wait()"),
    busy_row("endless_body", "waiting", "await"),
    busy_row("endless_generator", "waiting", ""),
    Row("asyncio_run_on_import", "loop-running|waiting"),
    Row("run_app_on_import", "run-app-on-import", "web.run_app"),
    Row("run_app_in_create_app", "run-app-inside|loop-running", "web.run_app"),
    Row("closes_the_loop", "loop-closed", ".close()", outcome=FAILED),
    Row("stops_the_loop", "loop-closed"),
    # ends the program
    Row("exit_on_import", "exit", "sys.exit(0)"),
    Row("exit_in_handler", "exit", "sys.exit(0)"),
    Row("os_exit_on_import", "exit"),
    Row("os_exit_in_handler", "exit"),
    Row("os_exit_after_the_checks", "exit"),
    Row("atexit_fakes", "exit", "sys.exit(0)"),
    Row("kills_itself", "killed", posix=True),
    Row("alarm", "killed", posix=True),
    Row("stops_itself", "stopped", seconds=1.0, posix=True),
    Row("abort", "crash", "os.abort()"),
    Row("crash", "crash", "ctypes.string_at(1)"),
    Row("interrupts", "interrupt"),
    Row("exception_handler_raises", "interrupt", "raise KeyboardInterrupt"),
    # signals to others
    Row("signals_its_parent", "signal-refused", "os.kill(", outcome=FAILED, posix=True),
    Row("signals_the_group", "signal-refused", "os.killpg(", outcome=FAILED, posix=True),
    Row("signals_everybody", "signal-refused", "os.kill(", outcome=FAILED, posix=True),
    Row("signals_by_a_descriptor", "signal-refused", "pidfd", outcome=FAILED, posix=True),
    Row("limits_its_parent", "signal-refused", "prlimit", outcome=FAILED, posix=True),
    # too much of something
    Row("odd_status", "Bad status line", seconds=10.0),
    Row("prints_a_gigabyte", "output", "print("),
    Row("prints_without_end", "output", seconds=10.0),
    Row("writes_a_gigabyte", "output"),
    Row("floods_every_descriptor", "output", posix=True),
    Row("endless_line", "output", posix=True),
    Row("fills_the_disk", "large-file", "file.write(", seconds=10.0, outcome=FAILED, posix=True),
    Row("deep_recursion", "recursion", "count(number + 1)", seconds=10.0, outcome=FAILED),
    Row("deeper_recursion", "busy|waiting|deadline|memory|crash", memory=250 * MB, outcome=None),
    Row("recursion_in_c", "crash|recursion|memory", "repr([self])", 10.0, outcome=None),
    Row("memory_at_once", "memory", "bytearray(10**12)", outcome=FAILED),
    Row("memory_kept", "memory", "bytearray(", 20.0, 250 * MB, FAILED, posix=True),
    Row("memory_on_import", "memory", "kept.append", 20.0, 250 * MB, posix=True),
    # programs and threads
    Row("fork", "os.fork", posix=True),
    Row("fork_and_hold", "exit", posix=True),
    Row("fork_bomb", "os.fork", seconds=10.0, posix=True),
    Row("many_programs", "processes", seconds=10.0, posix=True),
    Row("daemon", "os.fork", posix=True),
    Row("daemon_program", "(sleep) was still running", seconds=10.0, posix=True),
    Row("daemon_and_exit", "exit", posix=True),
    Row("many_daemons", "(sleep) was still running", seconds=10.0, posix=True),
    Row("program_left", "was still running", seconds=10.0),
    Row("multiprocessing_left", "was still running", posix=True),
    Row("thread_left", "A thread that your code started (counter)"),
    # files, folders and what belongs to the process
    Row("deletes_itself", "Your code deleted plain_text.py"),
    Row("deletes_its_folder", "Your code deleted plain_text.py", posix=True),
    Row("deletes_the_original", "course-file", "os.remove(", outcome=FAILED),
    Row("overwrites_the_original", "course-file", "open(", outcome=FAILED),
    Row("deletes_by_a_program", "exit", posix=True),
    Row("database_beside_the_original", "evil.db was made", posix=True),
    Row("attaches_beside_the_original", "evil.db was made", posix=True),
    Row("changes_a_neighbour", "html_page.py was changed and is put back", posix=True),
    Row("deletes_a_neighbour", "html_page.py was deleted and is put back", posix=True),
    Row("changes_directory", "os.chdir"),
    Row("closes_descriptors", "cut-off|exit", posix=True),
    Row("reads_stdin", "input", "sys.stdin.read()"),
    Row("input", "input", "input(", outcome=FAILED),
    Row("breakpoint", "debugger", "breakpoint()", outcome=FAILED),
    Row("signal_handler", "the signal SIGINT"),
    Row("trace", "sys.settrace"),
    # pytest and the checker itself
    Row("skips", "Only a suite may skip", "pytest.skip("),
    Row("expects_failure", "Only a suite may skip", "pytest.xfail("),
    Row("exits_pytest", "interrupt"),
    Row("fails_pytest", "on import", "pytest.fail("),
    Row("patches_runtest", "Function.runtest"),
    Row("patches_reports", "TestReport.from_item_and_call"),
    Row("patches_client", "ClientResponse.text"),
    Row("patches_the_recorder", "CheckRecord._outcome"),
    Row("replaces_modules", "replaced pytest"),
    Row("clears_modules", "Your code replaced"),
    Row("fakes_results", "exit"),
)


def utf16(source: bytes) -> bytes:
    """The source as some editors save it, with a mark at its beginning."""
    return source.decode().encode("utf-16")


def latin1(source: bytes) -> bytes:
    """The source with a letter in an old encoding, on its first line."""
    return source.replace(b"first server", b"first s\xe9rver", 1)


def with_tabs(source: bytes) -> bytes:
    """The source with one line indented by a tab, the others by spaces."""
    return source.replace(b"    app.add_routes", b"\tapp.add_routes")


def with_null(source: bytes) -> bytes:
    """The source with a byte that no text has, as a crash of the machine leaves it."""
    return source.replace(b"import os", b"import os\0\0\0")


BYTES = (
    (utf16, "encoding"),
    (latin1, "encoding"),
    (with_null, "null-bytes"),
    (with_tabs, "tabs|indentation"),
    (lambda source: b"", "empty-file"),
    (lambda source: b"# TODO", "empty-file"),
    (lambda source: source[:-60], "name|syntax|unclosed|indentation"),
)
GOOD_BYTES = (
    lambda source: b"\xef\xbb\xbf" + source,
    lambda source: source.replace(b"\n", b"\r\n"),
    lambda source: source.replace(b"    ", b"\t"),
    lambda source: source.rstrip(b"\n"),
    lambda source: b"# coding: latin-1\n" + source.replace(b"Ada", b"Ad\xe9"),
    lambda source: source.replace(b"Ada", "Ádá 🦉".encode()),
    lambda source: source + b"\n" * 5000 + b"# the end \x0c",
)


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Exercise:
    """The exercise in a copy of the course, in a folder with a space and foreign letters."""
    root = tmp_path_factory.mktemp("Kürs łódź")
    trees = ("workshop", "exercises")
    course = copy_to(
        root, trees=trees, steps=("step01_hello",), without=("workshop/tests", "workshop/site")
    )
    (found,) = course.select("plain_text")
    found.file.write_bytes(RIGHT)
    return found


@pytest.fixture
def trace_of_it(trees: list[process_tree.ProcessTree], place: Path) -> Callable[[], list[str]]:
    """A function that says what is left of the checks of this test: folders, processes."""
    known = set(psutil.pids())

    def left() -> list[str]:
        marks = {tree.mark for tree in trees}
        assert marks, "no process was started"
        found = [path.name for path in place.iterdir()]
        for one in psutil.process_iter():
            if one.pid not in known:
                with contextlib.suppress(psutil.Error):
                    if one.environ().get(process_tree.MARK) in marks or str(place) in one.cwd():
                        found.append(f"{one.pid} {one.cmdline()}")
        return found + [str(member) for tree in trees for member in tree.alive()]

    return left


PAIRED = {
    *("deletes_itself", "exits_pytest", "fork", "handler_loop", "memory_kept", "syntax_error"),
    *("import_loop", "program_left", "os_exit_in_handler", "changes_directory", "patches_client"),
}
"""Those that are also asked of two processes which share the checks."""
both = pytest.mark.parametrize("how", ["cold", pytest.param("warm", marks=pytest.mark.slow)])
"""A process that was started for the check, and one that has rehearsed before."""


async def check_with(how: str, exercise: Exercise, file: Path, limits: checker.Limits) -> Report:
    """Return the report of a cold worker, a warm one, or of two that share the suite."""
    if how == "cold":
        return await checker.check(exercise, file, limits)
    course = Course(exercise.root, (Step(exercise.root, exercise.step),))
    async with WorkerPool(course, size=2 if how == "shared" else 1) as pool:
        pool.expect(exercise)
        async with asyncio.timeout(LONG):
            await pool.ready()
        ready = len(pool.workers)
        report = await pool.check(exercise, file, limits)
        assert pool.cold_starts == 0
        assert ready == (2 if how == "shared" else 1)
        assert not [one for one in pool.workers if one.ready], "whoever was ready had a part"
        return report


def text_of(report: Report) -> str:
    """Return all that a learner reads at the top of a report."""
    return " ".join(filter(None, [report.message, *(check.message for check in report.checks)]))


def keys(report: Report) -> set[str]:
    """Return the keys of the advice at the top, or of the first check in trouble."""
    trouble = report.first_trouble
    return {a.key for a in (report.advice, trouble and trouble.advice) if a}


def line(report: Report) -> Line | None:
    """Return the line that the report points to."""
    trouble = report.first_trouble
    lines = trouble.traceback if trouble else ()
    return (trouble and trouble.advice and trouble.advice.line) or (lines[-1] if lines else None)


def assert_told(report: Report, says: str) -> None:
    """Assert that the learner is told what happened, in words or by a piece of advice."""
    if " " in says or "." in says:
        assert says in text_of(report)
    else:
        assert keys(report) & set(says.split("|")), (keys(report), text_of(report))


def assert_readable(report: Report) -> None:
    """Assert that there is a sentence for people, that fits on a screen and in JSON."""
    sentence = report.message or (report.first_trouble and report.first_trouble.message) or ""
    assert 10 < len(sentence) < 400
    assert "Traceback" not in sentence
    assert "INTERNALERROR" not in sentence
    assert sentence.isprintable()
    assert from_json(to_json(report)) == report
    to_json(report).encode()


async def assert_gone(trace: Callable[[], list[str]]) -> None:
    """Assert that nothing is left; a process that was killed may need a moment to be gone."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(2):
            while trace():  # noqa: ASYNC110 - the system makes it true
                await asyncio.sleep(0.01)
    assert trace() == []


def hostile(row: Row, how: str) -> object:
    """Return a row and how it is asked, as parameters of a test."""
    marks = [
        pytest.mark.skipif(row.posix and os.name != "posix", reason="POSIX only"),
        pytest.mark.sampled(row.name),
        *([] if how == "cold" else [pytest.mark.slow]),
    ]
    return pytest.param(row, how, id=f"{row.name}-{how}", marks=marks)


@pytest.mark.parametrize(
    ("row", "how"),
    [
        *(hostile(row, how) for row in ROWS for how in ("cold", "warm")),
        *(hostile(row, "shared") for row in ROWS if row.name in PAIRED),
    ],
)
async def test_a_hostile_submission_does_not_pass(
    row: Row, how: str, exercise: Exercise, trace_of_it, monkeypatch
):
    """A hostile submission does not pass; its report comes in time, and nothing is left of it."""
    monkeypatch.setattr("workshop.runner.pool.MIN_SHARED_CHECKS", 2)  # this is a small suite
    monkeypatch.setattr("workshop.runner.pool.CPUS", 2)
    before = exercise_files(exercise.root)
    limits = checker.Limits(seconds=row.seconds, memory=row.memory)
    report = await check_with(how, exercise, FOLDER / f"{row.name}.py", limits)
    assert report.outcome in ({row.outcome} if row.outcome else NOT_PASSED), text_of(report)
    assert_readable(report)
    assert_told(report, row.says)
    found = line(report)
    assert not row.line or (found and any(w in found.code for w in row.line.split("|"))), found
    assert not found or found.file == "exercises/step01_hello/plain_text.py"
    assert report.seconds <= row.seconds + LATE
    assert exercise_files(exercise.root) == before
    await assert_gone(trace_of_it)


def exercise_files(root: Path) -> dict[str, bytes]:
    """Return the content of the exercises' folders by path, without bytecode."""
    found = (root / "exercises").rglob("*")
    files = [path for path in found if path.is_file() and path.parent.name != "__pycache__"]
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


def test_each_hostile_file_has_a_row():
    """Each file in `hostile/` has a row in the table."""
    rows = {row.name for row in ROWS}
    files = {file.stem for file in FOLDER.glob("*.py")}
    assert {name for name in files if not name.startswith("good_")} == rows


@pytest.mark.sampled(table="bytes that are no source")
@both
@pytest.mark.parametrize(("change", "says"), BYTES)
async def test_bytes_that_are_no_source(
    change: Callable[[bytes], bytes],
    says: str,
    how: str,
    exercise: Exercise,
    tmp_path: Path,
    trace_of_it,
):
    """Files in another encoding, truncated or binary files get a readable sentence."""
    file = tmp_path / "plain_text.py"
    file.write_bytes(change(RIGHT))
    report = await check_with(how, exercise, file, checker.Limits(seconds=5))
    assert report.outcome is Outcome.BROKEN
    assert_readable(report)
    assert_told(report, says)
    await assert_gone(trace_of_it)


@pytest.mark.sampled(table="an unusual answer passes")
@both
@pytest.mark.parametrize("file", sorted(FOLDER.glob("good_*.py")), ids=lambda file: file.stem)
async def test_an_unusual_right_answer_passes(
    file: Path, how: str, exercise: Exercise, trace_of_it
):
    """What an app may well do is no violation."""
    if file.stem == "good_signals" and os.name != "posix":
        pytest.skip("event loops take signals on POSIX only")
    report = await check_with(how, exercise, file, checker.Limits(seconds=20))
    assert report.passed, (report.message, report.first_trouble)
    await assert_gone(trace_of_it)


@pytest.mark.sampled(table="line ends and encodings pass")
@pytest.mark.parametrize("change", GOOD_BYTES)
async def test_line_ends_and_encodings_pass(
    change: Callable[[bytes], bytes], exercise: Exercise, tmp_path: Path
):
    """Line ends, byte order marks, encodings and tabs make no right answer fail."""
    file = tmp_path / "plain_text.py"
    file.write_bytes(change(RIGHT))
    report = await checker.check(exercise, file, checker.Limits(seconds=20))
    assert report.passed, (report.message, report.first_trouble)
