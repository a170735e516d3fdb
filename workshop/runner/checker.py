"""Check an exercise: run its suite in a worker process, within limits, and return the report.

The suite runs on a copy of the exercise's folder, so the code cannot damage the learner's files.

The limits and guards are for accidents, not against cheating: code that runs in the same process
as its tests can find them. These kinds of cheating pass, and are known:

- objects that are equal to everything, or lie about their type, length or text;
- a test client, a fixture, an assertion or a module that is replaced and put back before the
  next comparison, or whose code, defaults or attributes are changed in place;
- events that are written into the channel with its token, which is found in the process's memory;
- answers that are made for the check alone: by the name of the test, the port, the stack;
- signals to the checker by C code or programs, where the system does not refuse them
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
from workshop.runner.events import read_events, side_by_side
from workshop.runner.exercise_folders import Folders
from workshop.runner.limits import RESERVE
from workshop.runner.limits import Limits as Limits  # it belongs to the call of `check`
from workshop.runner.process import OpenWorkers, WorkerProcess, open_worker
from workshop.runner.protocol import COURSE, Job
from workshop.runner.report_builder import build_report
from workshop.runner.run_state import REASONS, RunState, TerminationReason

ANSWER_SECONDS = 2.0
"""Seconds in which a warm worker must begin with its job; then another worker is tried."""


class _UnansweredError(Exception):
    """Raised when a worker did not begin with its job: it is suspended, or has ended."""


async def check(
    exercise: Exercise,
    source: Path | None = None,
    limits: Limits | None = None,
    open_workers: OpenWorkers = open_worker,
    seconds: Mapping[str, float] = MappingProxyType({}),
) -> Report:
    """Return the report on an exercise, or on another file (`source`) in its place.

    Never raises for what the learner's code does; the report says it. Takes at most
    `limits.seconds` (by default the exercise's own) plus half a second, once Python has started.
    Cancelling it ends the workers. `open_workers` opens one worker, or two that share the suite;
    `seconds` has the duration of each check in its last run, by which two workers share them.
    """
    file = source or exercise.file
    try:
        content = submission.read(file, exercise)
        kept = content if source is None else _bytes_of(exercise.file)
        read_suite(exercise.suite)  # raises for a suite that cannot be read
        limits = limits or Limits(exercise.seconds)
        for opener in (open_workers, open_worker):  # a second try only if no learner code has run
            with contextlib.suppress(_UnansweredError):
                return await _check_with(exercise, content, kept, opener, limits, seconds)
        return _broken(exercise, " ".join(REASONS["suspended"]))
    except submission.UnreadableError as error:
        return _broken(exercise, str(error))
    except (CourseError, SyntaxError, ValueError) as error:
        return _broken(exercise, TerminationReason(COURSE, str(error)).sentence)
    except OSError as error:
        return _broken(exercise, f"This machine could not run the check: {_system_error(error)}")


async def _check_with(
    exercise: Exercise,
    content: bytes,
    kept: bytes | None,
    open_workers: OpenWorkers,
    limits: Limits,
    seconds: Mapping[str, float],
) -> Report:
    """Return the report of one try; raises _UnansweredError when no worker began with its job."""
    async with open_workers(exercise) as started:
        before = Folders.now(exercise)
        try:
            state = await run_all(exercise, content, started, limits, seconds)
        finally:
            submission.put_back(exercise, kept)
        if restored := before.put_back(state.unguarded):
            state.violations.append(restored)
        now = asyncio.get_running_loop().time()
        took = round(now - state.started_at, 4) if state.started_at else 0.0
        concluded = build_report(exercise, content, state, limits, took)
        return capped(replace(concluded, source=sha256(content).hexdigest()))


def _system_error(error: OSError) -> str:
    """Return the system's message, the file that it names, and what to do."""
    text = error.strerror or str(error) or type(error).__name__
    where = f" ({error.filename})" if error.filename else ""
    return f'{text}{where}. "python -m workshop doctor" says what it lacks.'


async def run_all(
    exercise: Exercise,
    content: bytes,
    started: Sequence[WorkerProcess],
    limits: Limits,
    seconds: Mapping[str, float],
) -> RunState:
    """Run the suite in all workers; when one does not complete its part, cancel those behind it.

    Raises _UnansweredError when a worker did not begin with its job.
    """
    if len(started) == 1:
        return await run_in(exercise, content, started[0], limits)
    names = [question.name for question in exercise.questions]
    shares = split_checks(names, {} if exercise.split == "count" else seconds)
    both = zip(started, reversed(shares), strict=True)
    asking = [run_in(exercise, content, one, limits, deselected) for one, deselected in both]
    parts: list[RunState] = []
    async with side_by_side(*asking) as tasks:
        for task in tasks:
            parts.append(await task)
            if not parts[-1].completed:
                break
    return merge(parts)


async def run_in(
    exercise: Exercise,
    content: bytes,
    started: WorkerProcess,
    limits: Limits,
    deselected: Sequence[str] = (),
) -> RunState:
    """Run the suite on a copy in one worker, without the deselected checks; end the worker.

    Raises _UnansweredError when the worker did not begin with its job.
    """
    submission.copy(exercise, content, started.home)
    token, place, state = secrets.token_hex(16), started.place(exercise), RunState()
    if started.ready:
        limits = replace(limits, start=min(ANSWER_SECONDS, limits.start))
    started.send(Job(token, place, limits.seconds, limits.memory, RESERVE, tuple(deselected)))
    await read_events(started, token, limits, state)
    if state.started_at is None and (started.ready or state.suspended):
        await started.end()
        raise _UnansweredError
    if state.ended and not (state.violations or state.reason):
        started.tree.kill()  # its opener waits for the end
    else:
        await started.end()
    file, stack = started.home / exercise.step / exercise.file.name, started.home / "stack"
    with contextlib.suppress(OSError):
        state.stack_dump = stack.read_text(encoding="utf-8", errors="replace")
    if not file.exists():
        state.violations.append(
            f"Your code deleted {exercise.file.name}, or its whole folder. It was a copy: yours is"
            " untouched. Take the call out that deletes it."
        )
    return state


def split_checks(
    names: Sequence[str], seconds: Mapping[str, float]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the first checks and the rest, cut so that both parts take about equally long.

    `seconds` has the duration of each check in its last run; the others count as average.
    """
    known = [seconds[name] for name in names if name in seconds]
    average = sum(known) / len(known) if known else 1.0
    took = [seconds.get(name, average) for name in names]

    def slower(cut: int) -> tuple[float, int]:
        return max(sum(took[:cut]), sum(took[cut:])), abs(len(names) - 2 * cut)

    cut = min(range(len(names) + 1), key=slower)
    return tuple(names[:cut]), tuple(names[cut:])


def merge(parts: Sequence[RunState]) -> RunState:
    """Return the state of one run of all the checks, put together from the runs of its parts.

    Parts behind one that did not complete are dropped: one process would not have run them.
    """
    run: list[RunState] = []
    for part in parts:
        run.append(part)
        if not part.completed:
            break
    return replace(
        run[-1],
        started_at=min(
            (part.started_at for part in run if part.started_at is not None), default=None
        ),
        checks=[check for part in run for check in part.checks],
        violations=list(dict.fromkeys(chain.from_iterable(part.violations for part in run))),
        unguarded=any(part.unguarded for part in run),
        output="".join(part.output for part in run),
    )


def _broken(exercise: Exercise, message: str) -> Report:
    return Report(exercise.step, exercise.name, Outcome.BROKEN, message=message)


def _bytes_of(file: Path) -> bytes | None:
    with contextlib.suppress(OSError):
        return file.read_bytes()
    return None
