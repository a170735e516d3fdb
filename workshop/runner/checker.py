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
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from workshop.course import CourseError, Exercise
from workshop.course.suite import read as read_suite
from workshop.report import Outcome, Report, capped
from workshop.runner import submission
from workshop.runner.events import RESERVE, follow, side_by_side
from workshop.runner.exercise_folders import Folders
from workshop.runner.messages import COURSE, Job
from workshop.runner.outcome import KINDS, Heard, Mishap
from workshop.runner.outcome import Limits as Limits  # it belongs to the call of `check`
from workshop.runner.process import Opening, Sandbox, sandbox
from workshop.runner.verdict import conclude

ANSWER = 2.0
"""Seconds in which a process that waits for a job begins with it, or another one is asked."""


class _UnansweredError(Exception):
    """A process did not begin with its job: it is suspended, or gone."""


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
        content = submission.read(file, exercise)
        kept = content if source is None else _bytes_of(exercise.file)
        read_suite(exercise.suite)  # one in disorder is told here
        limits = limits or Limits(exercise.seconds)
        for way in (opening, sandbox):  # where nothing of the learner's has run, another is asked
            with contextlib.suppress(_UnansweredError):
                return await _verdict(exercise, content, kept, way, limits, seconds)
        return _broken(exercise, " ".join(KINDS["suspended"]))
    except submission.UnreadableError as error:
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
            submission.put_back(exercise, kept)
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
    submission.copy(exercise, content, started.home)
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


def halves(
    names: Sequence[str], seconds: Mapping[str, float]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the first checks and the others, so that both take equally long, or nearly so.

    `seconds` says what each of them took before; one that is not known takes as long as the others
    do on average.
    """
    known = [seconds[name] for name in names if name in seconds]
    usual = sum(known) / len(known) if known else 1.0
    took = [seconds.get(name, usual) for name in names]

    def slower(cut: int) -> tuple[float, int]:
        return max(sum(took[:cut]), sum(took[cut:])), abs(len(names) - 2 * cut)

    cut = min(range(len(names) + 1), key=slower)
    return tuple(names[:cut]), tuple(names[cut:])


def together(parts: Sequence[Heard]) -> Heard:
    """Return what one process would have said that had asked all the checks, in this order.

    Where a suite came to no good end, whatever follows was not asked.
    """
    heard: list[Heard] = []
    for part in parts:
        heard.append(part)
        if not well(part):
            break
    return replace(
        heard[-1],
        began=min((part.began for part in heard if part.began is not None), default=None),
        checks=[check for part in heard for check in part.checks],
        left=list(dict.fromkeys(chain.from_iterable(part.left for part in heard))),
        reached=any(part.reached for part in heard),
        output="".join(part.output for part in heard),
    )


def well(heard: Heard) -> bool:
    """Say whether a suite came to its end, and nothing stopped it."""
    return heard.ended and not heard.trouble


def _broken(exercise: Exercise, message: str) -> Report:
    return Report(exercise.step, exercise.name, Outcome.BROKEN, message=message)


def _bytes_of(file: Path) -> bytes | None:
    with contextlib.suppress(OSError):
        return file.read_bytes()
    return None
