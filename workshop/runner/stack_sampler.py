"""Sample the stacks of threads and tasks shortly before a deadline: busy at a line, or waiting?

A thread of the worker takes the samples; where a call into C lets no other thread run, the stacks
that faulthandler writes at the deadline are parsed instead.
"""

from __future__ import annotations

import asyncio
import re
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePath
from traceback import walk_stack, walk_tb
from types import FrameType, TracebackType
from typing import Any

from workshop.course import ROOT
from workshop.recorder.tracebacks import course_path, suspended_frames, waiting_at
from workshop.report import Line

SELECTOR_FILES = ("selectors.py", "windows_events.py")
"""Files of the standard library in which an idle event loop waits."""
PHASES = {"startup": "startup", "shutdown": "cleanup", "cleanup": "cleanup"}
"""Methods of aiohttp's Application that await the app's own functions, with their phases."""
MAX_FRAMES = 200
"""Frames of a stack that are read; a recursion may have a million."""
LEAD = 0.35
"""Seconds before the deadline at which the first sample is taken."""
SAMPLES = 4
PAUSE = 0.02
"""Number of samples, and seconds between them: busy code is busy in each of them."""


@dataclass(frozen=True, slots=True)
class StackSample:
    """The lines of the learner's code on the stacks, each tuple innermost last."""

    busy: tuple[Line, ...] = ()
    """The stack of the main thread; empty when its event loop was idle."""
    waiting: tuple[Line, ...] = ()
    """The stack of the likeliest waiting task, or of another thread."""
    phase: str = ""
    """What the application was doing at the waiting line: "startup", "cleanup", or ""."""


class Sampler(threading.Thread):
    """A thread that takes a few samples shortly before the deadline, and sends what they show.

    `seconds` is the time until the deadline.
    """

    def __init__(self, send: Callable[[StackSample], None], seconds: float) -> None:
        super().__init__(name="workshop-watch", daemon=True)
        self._send = send
        self._delay = max(seconds - LEAD, seconds / 2)
        self._never = threading.Event()

    def run(self) -> None:
        """Wait; take the samples, and send after each of them what they show so far."""
        self._never.wait(self._delay)
        iterations, samples = [], []
        for _ in range(SAMPLES):
            iterations.append(_loop_iteration())
            samples.append(take_sample())
            still = all(each is iterations[0] for each in iterations)
            self._send(combine(samples, still))
            self._never.wait(PAUSE)


def combine(found: Sequence[StackSample], still: bool) -> StackSample:
    """Return one sample for all that were found.

    `still` says that the event loop was in the same iteration at each of them. Code that was busy
    but let the loop go on counts as waiting.
    """
    busy = [each.busy for each in found if each.busy]
    waiter = next((each for each in found if each.waiting), StackSample())
    if still and len(busy) == len(found):
        return StackSample(busy[-1], waiter.waiting)
    return StackSample((), waiter.waiting or next(iter(busy), ()), waiter.phase)


def take_sample() -> StackSample:
    """Return a sample of this process."""
    stacks = {ident: tuple(_stack_lines(frame)) for ident, frame in sys._current_frames().items()}
    main = stacks.pop(threading.main_thread().ident or 0, ())
    busy = () if _is_idle(main) else _learner_lines(main)
    iteration = _loop_iteration()
    loop = iteration.f_locals["self"] if iteration else None
    tasks = asyncio.all_tasks(loop) if loop else ()
    waits = [(_rank(task), tuple(waiting_at(task)), _phase(task)) for task in tasks]
    waits += [(3, _learner_lines(stack), "") for stack in stacks.values()]
    frames = [steps.ag_frame for steps in tuple(getattr(loop, "_asyncgens", ()))]
    waits += [(4, _learner_lines(tuple(_stack_lines(frame))), "") for frame in frames if frame]
    ranked = sorted((wait for wait in waits if wait[1]), key=lambda wait: wait[0])
    return StackSample(busy, *ranked[0][1:]) if ranked else StackSample(busy, _learner_lines(main))


def _phase(task: asyncio.Task[Any]) -> str:
    """Return the phase of the application for which a task waits, or ""."""
    for frame in suspended_frames(task):
        code = frame.f_code
        if PurePath(code.co_filename).name == "web_app.py" and code.co_name in PHASES:
            return PHASES[code.co_name]
    return ""


def from_traceback(trace: TracebackType | None) -> StackSample:
    """Return the learner's lines in the traceback of an exception, as busy."""
    steps = islice(walk_tb(trace), MAX_FRAMES)
    return StackSample(
        _learner_lines(tuple(Line(f.f_code.co_filename, n, f.f_code.co_name, "") for f, n in steps))
    )


def _loop_iteration() -> FrameType | None:
    """Return the frame of the current iteration of the main thread's event loop, if one runs.

    Each iteration (asyncio's `_run_once`) has a frame of its own.
    """
    frame = sys._current_frames().get(threading.main_thread().ident or 0)
    while frame and frame.f_code.co_name != "_run_once":
        frame = frame.f_back
    return frame


def from_faulthandler(text: str, main: int, root: Path) -> StackSample:
    """Return the sample in a dump of faulthandler, of a course in `root`; `main` is a thread's id.

    The lines have no code.
    """
    place = str(root.resolve())
    busy: tuple[Line, ...] = ()
    waiting: tuple[Line, ...] = ()
    for part in re.split(r"^(?=(?:Current thread|Thread) 0x)", text, flags=re.MULTILINE)[1:]:
        ident = int(part.partition("0x")[2].split()[0], 16)
        found = re.findall(r'File "(.+?)", line (\d+) in (\S+)', part)
        stack = tuple(
            Line(_local_path(n, place), int(number), f, "") for n, number, f in found[::-1]
        )
        if ident == main and not _is_idle(stack):
            busy = _learner_lines(stack)
        else:
            waiting = waiting or _learner_lines(stack)
    return StackSample(busy, waiting)


def _stack_lines(frame: FrameType) -> Iterator[Line]:
    """Yield the inner lines of a stack, innermost last, with absolute paths."""
    for inner, number in reversed(list(islice(walk_stack(frame), MAX_FRAMES))):
        yield Line(inner.f_code.co_filename, number, inner.f_code.co_name, "")


def _is_idle(stack: tuple[Line, ...]) -> bool:
    return bool(stack) and PurePath(stack[-1].file).name in SELECTOR_FILES


def _learner_lines(stack: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(
        Line(name, line.number, line.function, "")
        for line in stack
        if (name := course_path(line.file))
    )


def _rank(task: asyncio.Task[Any]) -> int:
    """Return 0 for a task that handles a request, 1 for a test, 2 for any other."""
    name = getattr(task.get_coro(), "__qualname__", "")
    return 0 if "RequestHandler" in name else 1 if name.startswith("test") else 2


def _local_path(name: str, place: str) -> str:
    r"""Return the path of a file in this process's course.

    The worker may run in a copy of the course; faulthandler writes \xe9 for a letter.
    """
    plain = re.sub(
        r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})|\\U([0-9a-f]{8})",
        lambda found: chr(int(found[1] or found[2] or found[3], 16)),
        name,
    )
    known = next((path for path in (name, plain) if path.startswith(place)), None)
    return str(ROOT) + known[len(place) :] if known else name
