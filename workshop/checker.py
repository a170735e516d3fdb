"""From an exercise to a report: the learner's code runs in another process, with a deadline and limits.

The checks run on a copy of the exercise's folder, so nothing that the code does to its own files
reaches the learner's.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import psutil

from workshop.advice import Fault, advise
from workshop.course import Exercise
from workshop.report import Check, Line, Outcome, Report, check_from_data, verdict
from workshop.tracing import shown

LINE_LIMIT = 16 * 1024 * 1024
"""Bytes of one event; the recorder caps bodies far below."""
FLOOD = 4 * 1024 * 1024
"""Bytes that may be written past Python's `print` (os.write, other programs)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a check may take."""

    seconds: float = 5.0
    """From the first line of the learner's code to the verdict."""
    memory: int = 2 * 1024**3
    """Bytes of address space; also of resident memory, all processes together."""
    start: float = 60.0
    """Seconds that Python and the libraries may take before that, however slow the machine."""


@dataclass
class _Heard:
    """What the other process said."""

    running: str | None = None
    checks: list[Check] = field(default_factory=list)
    waiting: list[Line] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    output: str = ""
    ended: bool = False
    trouble: Fault | None = None
    said: bytearray = field(default_factory=bytearray)


async def check(exercise: Exercise, source: Path | None = None, limits: Limits = Limits()) -> Report:
    """Return the verdict on an exercise, or on another file in its place.

    Never raises for what the learner's code does; the report says it. Takes at most
    `limits.seconds` plus half a second, once Python is up.
    """
    file = source or exercise.file
    try:
        content = file.read_bytes()
    except OSError as error:
        name = file.name
        return _broken(
            exercise,
            f"{name} cannot be read ({error.strerror}). "
            f'"python -m workshop reset {exercise.name}" brings the original back.',
        )
    started = perf_counter()
    with tempfile.TemporaryDirectory(prefix="workshop-", ignore_cleanup_errors=True) as folder:
        place = Path(folder) / exercise.step
        _copy(exercise, content, place)
        heard = _Heard()
        await _run(exercise, place, heard, limits)
        stack = _stack(Path(folder) / "stack")
        if not (place / exercise.file.name).exists():
            heard.left.append(f"Your code deleted {exercise.file.name}. Your own copy is untouched.")
        if source is None and not file.exists():
            file.write_bytes(content)
            heard.left.append(f"Your code deleted {file.name}; it was put back.")
    return _report(exercise, heard, stack, round(perf_counter() - started, 4))


def _copy(exercise: Exercise, content: bytes, place: Path) -> None:
    """Copy the exercise's folder without the suites, with this content as the learner's file."""
    shutil.copytree(
        exercise.file.parent, place, ignore=shutil.ignore_patterns("test_*.py", "__pycache__")
    )
    (place / exercise.file.name).write_bytes(content)


async def _run(exercise: Exercise, place: Path, heard: _Heard, limits: Limits) -> None:
    word = secrets.token_hex(16)
    job = {
        "word": word,
        "suite": str(exercise.suite),
        "folder": str(place),
        "stack": str(place.parent / "stack"),
        "seconds": limits.seconds,
        "memory": limits.memory,
    }
    async with _process(exercise.root) as process:
        assert process.stdin
        process.stdin.write(json.dumps(job).encode() + b"\n")
        await _follow(process, word, heard, limits)
        if not heard.ended and heard.trouble is None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), 0.2)
            heard.trouble = Fault("Exit", _exit(process.returncode))


@contextlib.asynccontextmanager
async def _process(root: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start a sandbox in a process group of its own; end all of it on the way out."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "workshop.sandbox",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=root,
        start_new_session=os.name == "posix",
        limit=LINE_LIMIT,
    )
    try:
        yield process
    finally:
        _kill(process.pid)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), 0.3)
        process._transport.close()  # type: ignore[attr-defined]


def _kill(pid: int) -> None:
    """End a process, its group and its descendants."""
    family: list[psutil.Process] = []
    with contextlib.suppress(psutil.Error):
        parent = psutil.Process(pid)
        family = [parent, *parent.children(recursive=True)]
    if os.name == "posix":
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)
    for member in family:
        with contextlib.suppress(psutil.Error):
            member.kill()


async def _follow(
    process: asyncio.subprocess.Process, word: str, heard: _Heard, limits: Limits
) -> None:
    """Listen until the suite is over, the time is up or a guard gives the alarm."""
    assert process.stdout and process.stderr
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(limits.start) as clock:
            tasks = [
                loop.create_task(
                    _listen(
                        process.stdout,
                        word,
                        heard,
                        lambda: clock.reschedule(loop.time() + limits.seconds),
                    )
                ),
                loop.create_task(_drain(process.stderr, heard)),
                loop.create_task(_weigh(process.pid, limits.memory, heard)),
            ]
            try:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
    except TimeoutError:
        heard.trouble = Fault("Deadline", f"{limits.seconds:g} seconds were not enough.")


async def _listen(
    stream: asyncio.StreamReader, word: str, heard: _Heard, started: Callable[[], None]
) -> None:
    """Take down events until the end; lines without the word are somebody else's."""
    async for line in stream:
        try:
            event = json.loads(line)
            kind, what = (event["kind"], event["what"]) if event["word"] == word else ("", None)
        except (ValueError, TypeError, KeyError):
            continue
        match kind:
            case "start":
                started()
            case "begin":
                heard.running = what
            case "check":
                heard.checks.append(check_from_data(what))
                heard.running = None
            case "waiting":
                heard.waiting = [Line(**line) for line in what]
            case "end":
                heard.left, heard.output, heard.ended = what["left"], what["output"], True
                return
            case "over":
                heard.trouble = Fault("Course", heard.said.decode("utf-8", "replace").strip())
                return


async def _drain(stream: asyncio.StreamReader, heard: _Heard) -> None:
    """Read what is written past the recorder, keep its beginning, and come back on a flood."""
    count = 0
    while data := await stream.read(65536):
        count += len(data)
        heard.said += data[: max(0, 20_000 - len(heard.said))]
        if count > FLOOD:
            heard.trouble = Fault("OutputLimit", "Your code wrote more than anyone can read.")
            return
    await asyncio.get_running_loop().create_future()


async def _weigh(pid: int, limit: int, heard: _Heard) -> None:
    """Come back when the process and its children hold more memory than they may (bytes)."""
    while True:
        if _resident(pid) > limit:
            heard.trouble = Fault("MemoryError", f"more than {limit // 1024**2} MB")
            return
        await asyncio.sleep(0.1)


def _resident(pid: int) -> int:
    total = 0
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        for member in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                total += member.memory_info().rss
    return total


def _exit(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return f"The process was ended by {signal.Signals(-code).name}."
    return f"The process ended in the middle of the checks (exit code {code})."


def _stack(file: Path) -> list[Line]:
    """Return the learner's lines of the stack that was written down just before the deadline."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    found = []
    for name, number, function in re.findall(r'File "(.+?)", line (\d+) in (\S+)', text):
        if path := shown(name):
            found.append(Line(path, int(number), function, ""))
    return found[::-1]


def _report(exercise: Exercise, heard: _Heard, stack: list[Line], seconds: float) -> Report:
    checks = tuple(_complete(exercise, heard, stack))
    outcome = verdict(checks)
    message, advice = None, None
    if heard.trouble and heard.trouble.kind == "Course":
        message = f"The suite itself could not be run:\n{heard.trouble.text}"
    elif heard.left:
        message = heard.left[0]
    elif heard.trouble:
        message = heard.trouble.text
        advice = advise([heard.trouble])
    elif len({check.message for check in checks}) == 1 and outcome is Outcome.BROKEN:
        message, advice = checks[0].message, checks[0].advice
    if message:
        outcome = Outcome.BROKEN
    return Report(
        exercise.step, exercise.name, outcome, checks, message, advice, heard.output, seconds
    )


def _complete(exercise: Exercise, heard: _Heard, stack: list[Line]) -> list[Check]:
    """Return the checks in the suite's order; those that did not end are broken, by name."""
    checks = []
    running = (heard.running or "").partition("[")[0]
    for question in exercise.questions:
        asked = [c for c in heard.checks if c.name.partition("[")[0] == question.name]
        checks += asked
        if asked and question.name != running:
            continue
        trouble = heard.trouble or Fault("", "The checks ended early.")
        lines = tuple(stack or heard.waiting)
        here = question.name == running
        fault = Fault(trouble.kind, trouble.text, lines[-1] if lines else None)
        checks.append(
            Check(
                question.name,
                question.sentence,
                Outcome.BROKEN,
                trouble.text if here else "It was not asked: the checks ended before.",
                question.hints,
                code=question.code,
                advice=advise([fault]) if here else None,
                traceback=lines if here else (),
            )
        )
    return checks


def _broken(exercise: Exercise, message: str) -> Report:
    return Report(exercise.step, exercise.name, Outcome.BROKEN, message=message)
