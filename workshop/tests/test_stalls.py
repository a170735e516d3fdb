"""Stalls of the event loop: their line, their length, and how reports show them."""

from __future__ import annotations

import ast
import asyncio
import gc
import inspect
import io
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from pygments.token import Generic
from rich.console import Console

from workshop.course import ROOT, discover
from workshop.course.answers import write_answer
from workshop.recorder import blocking_probe, instrument, loop_stalls
from workshop.recorder.blocking_probe import IN_LOOP, WAITED_FOR, BlockingProbe
from workshop.recorder.loader import load
from workshop.recorder.loop_stalls import LoopStalls
from workshop.report import Check, Line, Outcome, Span, Stall
from workshop.runner import checker
from workshop.site.verdict import VerdictLexer
from workshop.terminal import timeline
from workshop.terminal.evidence_text import EvidenceText, duration
from workshop.terminal.page import Page

pytestmark = pytest.mark.interpreter

SHOWN = ROOT / "exercises" / "step00_asyncio" / "stalling.py"
HEAD = """import asyncio, contextlib, hashlib, lzma, socket, subprocess, sys, time
import requests
from pathlib import Path

def helper(function, *arguments):
    return function(*arguments)

def compute():
    until = time.thread_time() + 0.1
    while time.thread_time() < until:
        pass

async def soon(value):
    await asyncio.sleep(0)
    return value

async def work(folder):
    await asyncio.sleep(0)
"""
BLOCKING = {
    "sleep": "    time.sleep(0.1)  # here\n",
    "in_a_function": "    helper(time.sleep, 0.1)  # here\n",
    "computes": "    compute()  # here\n",
    "computes_itself": (
        "    until = time.thread_time() + 0.1\n    while time.thread_time() < until:\n"
        "        sum(range(1000))  # here\n"
    ),
    "program": (
        "    words = [sys.executable, '-c', 'import time; time.sleep(0.1)']\n"
        "    subprocess.run(words)  # here\n"
    ),
    "hashes": "    hashlib.pbkdf2_hmac('sha256', b'Ada', b'salt', 1_000_000)  # here\n",
    "file": (
        "    (folder / 'logs').write_bytes(bytes(range(256)) * 40_000)\n"
        "    lzma.compress((folder / 'logs').read_bytes())  # here\n"
    ),
    "requests": (
        "    with socket.create_server(('127.0.0.1', 0)) as silent:\n"
        "        address = f'http://127.0.0.1:{silent.getsockname()[1]}/'\n"
        "        with contextlib.suppress(requests.Timeout):\n"
        "            requests.get(address, timeout=0.1)  # here\n"
    ),
    "after_an_await": "    time.sleep(await soon(0.1))  # here\n",
    "in_a_loop": "    for _ in range(20):\n        time.sleep(0.01)  # here\n",
    "in_a_coroutine": (
        "    async def inner():\n        time.sleep(0.1)  # here\n        await soon(1)\n"
        "    await inner()\n"
    ),
    "in_a_task": (
        "    async def inner():\n        time.sleep(0.1)  # here\n"
        "    async with asyncio.TaskGroup() as group:\n"
        "        group.create_task(inner())\n        group.create_task(soon(1))\n"
    ),
    "in_except": (
        "    try:\n        await soon(1 / 0)\n    except ZeroDivisionError:\n"
        "        time.sleep(0.1)  # here\n"
    ),
    "in_match": "    match await soon(1):\n        case 1:\n            time.sleep(0.1)  # here\n",
    "callback": (
        "    def ring():  # here\n        time.sleep(0.1)\n"
        "    asyncio.get_running_loop().call_soon(ring)\n"
        "    await asyncio.sleep(0.01)\n"
    ),
}
WAITING = {
    "sleep": "    await asyncio.sleep(0.1)\n",
    "thread": "    await asyncio.to_thread(time.sleep, 0.1)\n",
    "program": (
        "    program = await asyncio.create_subprocess_exec(\n"
        "        sys.executable, '-c', 'import time; time.sleep(0.1)')\n"
        "    await program.wait()\n"
    ),
    "loop_in_a_thread": (
        "    async def inner():\n        time.sleep(0.1)\n"
        "    await asyncio.to_thread(asyncio.run, inner())\n"
    ),
}
LINE = Line("exercises/step00_asyncio/blocking_call.py", 37, "keep", "packed = pack(text)")
SPANS = (
    Span("keep 1", "runs", 0.0, 0.0001),
    Span("keep 1", "waits", 0.0001, 0.1),
    Span("keep 1", "blocks", 0.1, 0.4),
    Span("keep 2", "waits", 0.0, 0.4),
)
CHECK = Check(
    "test_pack",
    "The loop goes on.",
    Outcome.FAILED,
    stalls=(Stall(0.3, LINE), Stall(0.25, LINE)),
    spans=SPANS,
)


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    """Let nobody else be on this machine, as far as the recorder knows."""
    monkeypatch.setattr(loop_stalls, "is_overloaded", lambda: False)


@contextmanager
def written(tmp_path, body):
    """Give the module that a file with a coroutine of this body makes."""
    (tmp_path / "stalling.py").write_text(HEAD + body, encoding="utf-8")
    yield load(tmp_path / "stalling.py", SHOWN)


def watched(work) -> LoopStalls:
    """Run a coroutine, and return what was seen of its loop."""
    seen = LoopStalls()
    with seen.recording():
        asyncio.run(work)
    return seen


@pytest.mark.parametrize("way", BLOCKING)
def test_names_the_line(tmp_path, way):
    """A stall names the line of the coroutine, however the line blocks."""
    with written(tmp_path, BLOCKING[way]) as module:
        seen = watched(module.work(tmp_path))
    stall = max(seen.found, key=lambda stall: stall.seconds)
    assert stall.line is not None
    assert stall.line.code.endswith("# here")
    lines = (HEAD + BLOCKING[way]).splitlines()
    assert lines[stall.line.number - 1].strip() == stall.line.code
    assert stall.line.file == "exercises/step00_asyncio/stalling.py"
    assert stall.seconds > loop_stalls.BLOCKING_SECONDS


@pytest.mark.parametrize("way", WAITING)
def test_waiting_is_no_stall(tmp_path, way):
    """An await, also of a thread or a program, is no stall."""
    with written(tmp_path, WAITING[way]) as module:
        seen = watched(module.work(tmp_path))
    lines = [stall.line.code for stall in seen.found if stall.line]
    if way == "program":  # to start it is another matter: a busy machine takes long for that
        lines = [code for code in lines if not code.startswith("program = ")]
    assert not [code for code in lines if code in WAITING[way]]


def jump(monkeypatch, wall, processor, waits):
    """Let a callback see so many seconds on the wall, of the processor, and waits of its own."""
    moments, uses = iter(range(10**6)), iter(range(10**6))
    monkeypatch.setattr(loop_stalls, "perf_counter", lambda: next(moments) * wall)
    monkeypatch.setattr(
        loop_stalls, "processor_use", lambda: (lambda n: (n * processor, n * waits))(next(uses))
    )


@pytest.mark.parametrize(
    ("processor", "waits", "found"),
    [(0.001, 0, False), (0.001, 1, True), (9.0, 0, True)],
    ids=["machine is busy", "waited", "computed"],
)
def test_a_busy_machine_is_no_stall(tmp_path, monkeypatch, processor, waits, found):
    """Time in which the system ran other programs is no stall."""
    with written(tmp_path, "") as module:
        jump(monkeypatch, 1.0, processor, waits)
        seen = watched(module.soon(1))
    assert bool(seen.found) is found
    assert all(stall.seconds >= 1 for stall in seen.found)


@pytest.mark.parametrize(("wall", "found"), [(0.1, False), (0.3, True)])
def test_an_overloaded_machine(tmp_path, monkeypatch, wall, found):
    """On an overloaded machine only a long wait is a stall."""
    monkeypatch.setattr(loop_stalls, "is_overloaded", lambda: True)
    with written(tmp_path, "") as module:
        jump(monkeypatch, wall, 0.001, 1)
        assert bool(watched(module.soon(1)).found) is found


@pytest.mark.parametrize(("load", "found"), [(0.5, False), (1000.0, True), (None, False)])
def test_is_overloaded(monkeypatch, load, found):
    """The load average decides; a system without one does not count as overloaded."""
    monkeypatch.undo()
    if load is None:
        monkeypatch.delattr("os.getloadavg", raising=False)
    else:
        monkeypatch.setattr("os.getloadavg", lambda: (load, 0.0, 0.0), raising=False)
    assert loop_stalls.is_overloaded() is found


def test_a_system_without_cpu_times(tmp_path, monkeypatch):
    """Without CPU times the wall clock decides."""
    monkeypatch.setattr(loop_stalls, "processor_use", lambda: (0.0, -1))
    moments = iter(range(10**6))
    monkeypatch.setattr(loop_stalls, "perf_counter", lambda: next(moments))
    with written(tmp_path, "") as module:
        assert watched(module.soon(1)).found


# What the learner's code notices of it


def test_nothing_else_changes(tmp_path):
    """Instrumented code has the results, docstrings, generators and lines of the file."""
    body = (
        '    "How it works."\n    return [n async for n in numbers()]\n\n'
        "async def numbers():\n    for n in range(3):\n        yield await soon(n)\n\n"
        'async def only():\n    "Nothing but words."\n\n'
        "async def fails():\n    await soon(1); (await soon(1)) / 0\n"
    )
    with written(tmp_path, body) as module:
        assert asyncio.run(module.work(tmp_path)) == [0, 1, 2]
        assert inspect.getdoc(module.only) == "Nothing but words."
        assert inspect.iscoroutinefunction(module.only)
        with pytest.raises(ZeroDivisionError) as caught:
            asyncio.run(module.fails())
    frame = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert frame.name == "fails"
    assert frame.line == "await soon(1); (await soon(1)) / 0"
    assert frame.colno
    assert frame.line[frame.colno - 4 :] == "(await soon(1)) / 0"


@pytest.mark.parametrize("source", [b"async def f(:\n", b"async def f():\n    pass\nreturn 1\n"])
def test_a_syntax_error_is_that_of_the_file(source):
    """A syntax error of instrumented code is the one of the file itself."""
    with pytest.raises(SyntaxError) as wanted:
        compile(source, "Ada.py", "exec")
    with pytest.raises(SyntaxError) as came:
        instrument.compile_instrumented(source, "Ada.py")
    assert came.value.args == wanted.value.args


def test_every_solution_can_be_compiled():
    """Every solution of the course can be instrumented."""
    for exercise in discover().exercises:
        code = instrument.compile_instrumented(exercise.solution.read_bytes(), exercise.name)
        assert isinstance(ast.get_docstring(ast.parse(exercise.solution.read_bytes())), str)
        assert code.co_filename == exercise.name


def test_the_loop_is_restored():
    """After a check the loop's method is restored, and lines are not recorded."""
    before = asyncio.Handle._run
    with LoopStalls().recording():
        assert asyncio.Handle._run is not before
    assert asyncio.Handle._run is before
    assert loop_stalls.current_stalls is None


def test_no_task_is_kept(tmp_path):
    """The recording keeps no task alive, so that its warnings appear in the check."""
    with written(tmp_path, "") as module:
        seen = LoopStalls()
        with seen.recording():
            asyncio.run(module.soon(1))
    gc.collect()
    assert len(seen._timelines) == 1
    assert not seen._timeline_of


# A function that counts as slow


def pretend(call) -> tuple[BlockingProbe, LoopStalls]:
    """Let a coroutine call a function that takes long; return it, and what was seen of the loop."""
    seen = LoopStalls()
    work = BlockingProbe(lambda value: value, seen)
    with seen.recording():
        assert asyncio.run(call(work)) == "Ada"
    return work, seen


async def in_the_loop(work):
    """Call it as any function."""
    return work("Ada")


async def in_a_thread(work):
    """Call it as one should."""
    return await asyncio.to_thread(work, "Ada")


async def thread_waited_for(work):
    """Let a thread do it, and the loop wait for that."""
    with ThreadPoolExecutor() as pool:
        return pool.submit(work, "Ada").result()


async def thread_joined(work):
    """Let a thread do it, made by hand, and the loop wait for its end."""
    done = []
    thread = threading.Thread(target=lambda: done.append(work("Ada")))
    thread.start()
    thread.join()
    return done[0]


async def event_waited_for(work):
    """Let a thread do it, and the loop wait for a sign of it."""
    there = threading.Event()

    def do():
        try:
            return work("Ada")
        finally:
            there.set()

    task = asyncio.get_running_loop().run_in_executor(None, do)
    there.wait()
    return await task


@pytest.mark.parametrize(
    ("call", "trouble", "patience"),
    [
        (in_the_loop, IN_LOOP, 600),
        (in_a_thread, None, 600),
        (thread_waited_for, WAITED_FOR, 600),
        (thread_joined, WAITED_FOR, 600),
        (event_waited_for, WAITED_FOR, 0.1),
    ],
)
def test_slow(monkeypatch, call, trouble, patience):
    """The probe knows where it ran, and waits only where the loop may just be slow."""
    monkeypatch.setattr(blocking_probe, "PATIENCE", patience)
    work, _ = pretend(call)
    assert work.trouble == trouble
    assert work.calls == 1


def test_slow_makes_a_stall(tmp_path):
    """The probe's seconds pass on the clock of the check only, once in each callback."""
    seen = LoopStalls()
    body = "    for _ in range(3):\n        folder()  # here\n"
    with written(tmp_path, body) as module, seen.recording():
        asyncio.run(module.work(BlockingProbe(lambda: None, seen)))
    codes = [(stall.seconds, stall.line and stall.line.code) for stall in seen.found]
    assert codes == [(blocking_probe.SECONDS, "folder()  # here")]
    assert [span.kind for span in seen.spans()][-1] == "blocks"


def test_only_the_loop_adds_blocked_seconds():
    """A thread cannot advance the clock of the check."""
    seen = LoopStalls()
    thread = threading.Thread(target=seen.add_blocked_seconds, args=(5,))
    with seen.recording():
        thread.start()
        thread.join()
        seen.add_blocked_seconds(5)
    assert seen.found == []
    assert seen.spans() == ()


@pytest.mark.parametrize(
    ("name", "check", "code"),
    [
        ("blocking_call", "test_pack", "packed = pack(text)"),
        ("sleeps_together/wrong_time_sleep", "test_together", "time.sleep(seconds)"),
        ("thumbnail/wrong_in_the_loop", "test_others_go_on", "small = thumbnail(image.file)"),
        ("bomb/wrong_in_the_loop", "test_off_the_loop", "small = thumbnail(image.file)"),
        ("login_logout/wrong_in_the_loop", "test_hashing", "if not verify_password(password"),
    ],
)
async def test_exercises_fail_on_a_stall(name, check, code, tmp_path):
    """The check that fails has the stall, its line and the timeline."""
    name, _, answer = name.partition("/")
    (exercise,) = discover().select(name)
    file = write_answer(exercise, answer, tmp_path) if answer else exercise.stub
    report = await checker.check(exercise, file, checker.Limits(seconds=15))
    found = {each.name: each for each in report.checks}[check]
    assert found.outcome is Outcome.FAILED
    assert found.advice is not None
    assert found.advice.key == "stall"
    assert found.advice.line is not None
    assert found.advice.line.code.startswith(code)
    assert found.advice.line == found.stalls[0].line
    assert "blocks" in {span.kind for span in found.spans}


# How it is told


def test_timeline_as_text():
    """The timeline has a row for each task, and is never wider than asked."""
    lines = timeline.render(SPANS, 60)
    assert lines[0].split() == ["0.0", "0.1", "0.2", "0.3", "0.4", "s"]
    assert set(lines[1].removeprefix("keep 1").strip()) == {"#", "-", "X"}
    assert set(lines[2].removeprefix("keep 2").strip()) == {"-"}
    assert lines[1].count("X") > 2 * lines[1].count("-")
    assert lines[-1] == timeline.LEGEND
    assert max(map(len, lines)) <= 60
    assert timeline.render((), 60) == []


def test_timeline_on_a_page():
    """On a page only the blocking part of a row is red."""
    tokens = VerdictLexer().get_tokens("      keep 1    #----XXXX--#\n")
    assert [text for kind, text in tokens if kind is Generic.Deleted] == ["XXXX"]


@pytest.mark.parametrize("width", [20, 40, 88, 200])
@pytest.mark.parametrize("end", [0.0004, 0.07, 1.0, 17.0, 950.0])
def test_timeline_of_any_length(width, end):
    """A timeline of milliseconds or of minutes has a ruler with numbers, as long as its rows."""
    lines = timeline.render((Span("ask", "blocks", 0.0, end),), width)
    assert lines[0].split()[0] in {"0.0", "0.00"}
    assert lines[1].endswith("X")
    assert len(lines[1]) <= max(width, 21)


def test_terminal():
    """The terminal shows how long and how often the loop stalled, the line, and the timeline."""
    written = io.StringIO()
    evidence = EvidenceText(Page(Console(file=written, width=88)), 4)
    evidence.write_comparison(CHECK)
    evidence.write_details(CHECK, "")
    text = written.getvalue()
    assert "The loop stood still for 300 ms, 2 times" in text
    assert "exercises/step00_asyncio/blocking_call.py, line 37" in text
    assert "packed = pack(text)" in text
    assert "keep 2  ------" in text


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.31, "310 ms"), (0.999, "999 ms"), (1.04, "1 s"), (12.34, "12.3 s")]
)
def test_duration(seconds, words):
    """Short durations are shown in milliseconds, long ones in seconds."""
    assert duration(seconds) == words
