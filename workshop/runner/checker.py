"""From an exercise to a report: the learner's code runs in another process, with limits.

The checks run on a copy of the exercise's folder, so nothing that the code does to its own files
reaches the learner's.

All this is for accidents, which every learner has. It does not stop someone who sets out to
cheat: code that runs beside its judge can find the judge. These kinds pass, and are left alone:

- objects that are equal to everything, or lie about their type, length or text;
- a test client, a fixture, an assertion or a module that is replaced and put back before anybody
  looks, or whose code, defaults or attributes are changed in place;
- events that are written into the channel with its word, which is found in the process's memory;
- answers that are made for the check alone: by the name of the test, the port, the stack;
- signals to the checker by C code or programs, where the system does not keep them within
  (Linux before 6.12, macOS, Windows), and a changed file of a step or of the engine.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from workshop.course import CourseError, Exercise, misplaced
from workshop.course.files import SOURCE_LIMIT, gone
from workshop.course.suite import read as read_suite
from workshop.report import Outcome, Report, capped
from workshop.runner.copying import copy
from workshop.runner.events import RESERVE, follow, side_by_side
from workshop.runner.exercise_folders import Folders
from workshop.runner.messages import COURSE, Job
from workshop.runner.outcome import Heard
from workshop.runner.outcome import Limits as Limits  # it belongs to the call of `check`
from workshop.runner.process import Opening, Sandbox, sandbox
from workshop.runner.sharing import halves, together, well
from workshop.runner.termination import KINDS, Mishap
from workshop.runner.verdict import conclude

ANSWER = 2.0
"""Seconds in which a process that waits for a job begins with it, or another one is asked."""


class _UnansweredError(Exception):
    """A process did not begin with its job: it is suspended, or gone."""


class UnreadableError(Exception):
    """There is nothing to check; the message says why and what to do."""


async def check(
    exercise: Exercise,
    source: Path | None = None,
    limits: Limits | None = None,
    opening: Opening = sandbox,
    seconds: Mapping[str, float] = MappingProxyType({}),
) -> Report:
    """Return the verdict on an exercise, or on another file in its place.

    Never raises for what the learner's code does; the report says it. Takes at most
    `limits.seconds` (the exercise's own, without `limits`) plus half a second, once Python is up.
    Cancelling it ends the other process. `opening` gives that process; without it a new one starts.
    Where it gives two, each asks some of the checks: `seconds` says what each of these took before.
    """
    file = source or exercise.file
    try:
        content = _read(file, exercise)
        kept = content if source is None else _kept(exercise.file)
        read_suite(exercise.suite)  # one in disorder is told here
        limits = limits or Limits(exercise.seconds)
        for way in (opening, sandbox):  # where nothing of the learner's has run, another is asked
            with contextlib.suppress(_UnansweredError):
                return await _verdict(exercise, content, kept, way, limits, seconds)
        return _broken(exercise, " ".join(KINDS["suspended"]))
    except UnreadableError as error:
        return _broken(exercise, str(error))
    except (CourseError, SyntaxError, ValueError) as error:
        return _broken(exercise, Mishap(COURSE, str(error)).sentence)
    except OSError as error:
        return _broken(exercise, f"This machine could not run the check: {_reason(error)}")


async def _verdict(
    exercise: Exercise,
    content: bytes,
    kept: bytes | None,
    opening: Opening,
    limits: Limits,
    seconds: Mapping[str, float],
) -> Report:
    """Return the report of one try; raises _UnansweredError where no process did its job."""
    async with opening(exercise) as started:
        before = Folders.now(exercise)
        try:
            heard = await _ask_all(exercise, content, started, limits, seconds)
        finally:
            _put_back(exercise, kept)
        if said := before.put_back(heard.reached):
            heard.left.append(said)
        now = asyncio.get_running_loop().time()
        took = round(now - heard.began, 4) if heard.began else 0.0
        concluded = conclude(exercise, content, heard, limits, took)
        return capped(replace(concluded, source=sha256(content).hexdigest()))


def _reason(error: OSError) -> str:
    """Return what the system says, where it says it, and what to do."""
    said = error.strerror or str(error) or type(error).__name__
    where = f" ({error.filename})" if error.filename else ""
    return f'{said}{where}. "python -m workshop doctor" says what it lacks.'


def _read(file: Path, exercise: Exercise) -> bytes:
    """Return what the file holds; raises UnreadableError where that is no source."""
    if not exercise.root.is_dir():
        raise UnreadableError(gone(exercise.root))
    back = f'"python -m workshop reset {exercise.name}" brings the original back.'
    try:
        if hiding := misplaced.hiding(exercise):
            raise UnreadableError(hiding)
        if file.is_dir():
            raise UnreadableError(f"{file.name} is a folder. Move it away; then {back}")
        if file.exists() and not file.is_file():
            raise UnreadableError(f"{file.name} is no ordinary file. Move it away; then {back}")
        if file.stat().st_size > SOURCE_LIMIT:
            size = f"{file.stat().st_size / 1024**2:.0f} MB"
            raise UnreadableError(f"{file.name} holds {size}: that is no source code. {back}")
        return file.read_bytes()
    except OSError as error:
        other = misplaced.misnamed(exercise) if isinstance(error, FileNotFoundError) else ""
        raise UnreadableError(
            f"{file.name} cannot be read ({error.strerror}).{other} {back}"
        ) from error


async def _ask_all(
    exercise: Exercise,
    content: bytes,
    started: Sequence[Sandbox],
    limits: Limits,
    seconds: Mapping[str, float],
) -> Heard:
    """Run the suite on the copies; where one process fails, what follows it is given up."""
    if len(started) == 1:
        return await _ask(exercise, content, started[0], limits)
    names = [question.name for question in exercise.questions]
    shares = halves(names, {} if exercise.split == "count" else seconds)
    both = zip(started, reversed(shares), strict=True)
    asking = [_ask(exercise, content, one, limits, others) for one, others in both]
    parts: list[Heard] = []
    async with side_by_side(*asking) as tasks:
        for task in tasks:
            parts.append(await task)
            if not well(parts[-1]):
                break
    return together(parts)


async def _ask(
    exercise: Exercise,
    content: bytes,
    started: Sandbox,
    limits: Limits,
    others: Sequence[str] = (),
) -> Heard:
    """Run the suite on a copy, but for the checks that others ask; end the process."""
    copy(exercise, content, started.home)
    word, place, heard = secrets.token_hex(16), started.place(exercise), Heard()
    if started.ready:
        limits = replace(limits, start=min(ANSWER, limits.start))
    started.say(Job(word, place, limits.seconds, limits.memory, RESERVE, tuple(others)))
    await follow(started, word, limits, heard)
    if heard.began is None and (started.ready or heard.suspended):
        await started.end()
        raise _UnansweredError
    if heard.ended and not (heard.left or heard.trouble):
        started.family.kill()  # all is said; whoever gave the process waits until it is gone
    else:
        await started.end()
    file, stack = started.home / exercise.step / exercise.file.name, started.home / "stack"
    with contextlib.suppress(OSError):
        heard.stacks = stack.read_text(encoding="utf-8", errors="replace")
    if not file.exists():
        heard.left.append(
            f"Your code deleted {exercise.file.name}, or its whole folder. It was a copy: yours is"
            " untouched. Take the call out that deletes it."
        )
    return heard


def _kept(file: Path) -> bytes | None:
    with contextlib.suppress(OSError):
        return file.read_bytes()
    return None


def _put_back(exercise: Exercise, content: bytes | None) -> None:
    """Make the learner's file again if it is gone; never write over one that is there."""
    file = exercise.file
    if content is not None and exercise.root.is_dir() and not file.exists():
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as opened:
                opened.write(content)


def _broken(exercise: Exercise, message: str) -> Report:
    return Report(exercise.step, exercise.name, Outcome.BROKEN, message=message)
