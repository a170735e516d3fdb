"""Where the learner's code is when its time is up: busy on a line, or waiting at one.

Two witnesses say so. A thread of the sandbox looks around shortly before the deadline; where a
call into C lets no other thread run, faulthandler still writes down every stack.
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
from workshop.recorder.tracebacks import frames_of, shown, waiting_at
from workshop.report import Line

SELECTOR_FILES = ("selectors.py", "windows_events.py")
"""Files of the standard library in which an event loop waits for what comes next."""
PHASES = {"startup": "startup", "shutdown": "cleanup", "cleanup": "cleanup"}
"""Functions of aiohttp's applications that wait for functions of ours."""
MAX_FRAMES = 200
"""Calls that are looked at; recursion may have made a million."""
LEAD = 0.35
"""Seconds before the deadline at which the thread looks around."""
SAMPLES = 4
PAUSE = 0.02
"""How often it looks, and the seconds in between: one look cannot tell busy from often there."""


@dataclass(frozen=True, slots=True)
class StackSample:
    """The learner's lines, each tuple innermost last."""

    busy: tuple[Line, ...] = ()
    """What the main thread was doing; empty when it waited for an event."""
    waiting: tuple[Line, ...] = ()
    """Where the likeliest task waited; or what another thread was doing."""
    phase: str = ""
    """Which way of aiohttp's the waiting line is part of: "startup", "cleanup", or neither."""


class Sampler(threading.Thread):
    """Looks around shortly before the time is up, and tells where the code is."""

    def __init__(self, send: Callable[[StackSample], None], seconds: float) -> None:
        super().__init__(name="workshop-watch", daemon=True)
        self._send = send
        self._delay = max(seconds - LEAD, seconds / 2)
        self._never = threading.Event()

    def run(self) -> None:
        """Wait; look a few times, and tell after each what is known by then."""
        self._never.wait(self._delay)
        turns, found = [], []
        for _ in range(SAMPLES):
            turns.append(_loop_iteration())
            found.append(take_sample())
            still = all(turn is turns[0] for turn in turns)
            self._send(combine(found, still))
            self._never.wait(PAUSE)


def combine(found: Sequence[StackSample], still: bool) -> StackSample:
    """Return what a few looks come to; `still` says that the event loop never went on meanwhile.

    Code that was met at work, but let the loop go on, belongs to those who wait.
    """
    busy = [look.busy for look in found if look.busy]
    told = next((look for look in found if look.waiting), StackSample())
    if still and len(busy) == len(found):
        return StackSample(busy[-1], told.waiting)
    return StackSample((), told.waiting or next(iter(busy), ()), told.phase)


def take_sample() -> StackSample:
    """Return where the code of this process is now."""
    stacks = {ident: tuple(_stack_lines(frame)) for ident, frame in sys._current_frames().items()}
    main = stacks.pop(threading.main_thread().ident or 0, ())
    busy = () if _is_idle(main) else _learner_lines(main)
    turn = _loop_iteration()
    loop = turn.f_locals["self"] if turn else None
    tasks = asyncio.all_tasks(loop) if loop else ()
    waits = [(_rank(task), tuple(waiting_at(task)), _phase(task)) for task in tasks]
    waits += [(3, _learner_lines(stack), "") for stack in stacks.values()]
    frames = [steps.ag_frame for steps in tuple(getattr(loop, "_asyncgens", ()))]
    waits += [(4, _learner_lines(tuple(_stack_lines(frame))), "") for frame in frames if frame]
    told = sorted((wait for wait in waits if wait[1]), key=lambda wait: wait[0])
    return StackSample(busy, *told[0][1:]) if told else StackSample(busy, _learner_lines(main))


def _phase(task: asyncio.Task[Any]) -> str:
    """Return whether a task waits for an application that starts, or for one that ends."""
    for frame in frames_of(task):
        code = frame.f_code
        if PurePath(code.co_filename).name == "web_app.py" and code.co_name in PHASES:
            return PHASES[code.co_name]
    return ""


def from_traceback(trace: TracebackType | None) -> StackSample:
    """Return where an exception comes from that nobody caught."""
    steps = islice(walk_tb(trace), MAX_FRAMES)
    return StackSample(
        _learner_lines(tuple(Line(f.f_code.co_filename, n, f.f_code.co_name, "") for f, n in steps))
    )


def _loop_iteration() -> FrameType | None:
    """Return the frame in which the main thread's event loop makes its present turn, if one runs.

    Each turn has a frame of its own.
    """
    frame = sys._current_frames().get(threading.main_thread().ident or 0)
    while frame and frame.f_code.co_name != "_run_once":
        frame = frame.f_back
    return frame


def from_faulthandler(text: str, main: int, root: Path) -> StackSample:
    """Return what faulthandler wrote down about a course in `root`; `main` is the main thread's id.

    The lines are without their code: faulthandler does not know it.
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
    """Yield the inner lines of a stack, innermost last, with the paths of the files."""
    for inner, number in reversed(list(islice(walk_stack(frame), MAX_FRAMES))):
        yield Line(inner.f_code.co_filename, number, inner.f_code.co_name, "")


def _is_idle(stack: tuple[Line, ...]) -> bool:
    return bool(stack) and PurePath(stack[-1].file).name in SELECTOR_FILES


def _learner_lines(stack: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(
        Line(name, line.number, line.function, "") for line in stack if (name := shown(line.file))
    )


def _rank(task: asyncio.Task[Any]) -> int:
    """Return 0 for a handler of a request, 1 for a check, 2 for what runs beside them."""
    name = getattr(task.get_coro(), "__qualname__", "")
    return 0 if "RequestHandler" in name else 1 if name.startswith("test") else 2


def _local_path(name: str, place: str) -> str:
    r"""Return a file name as this process would write it.

    The other process may run in a copy of the course; faulthandler writes \xe9 for a letter.
    """
    plain = re.sub(
        r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})|\\U([0-9a-f]{8})",
        lambda found: chr(int(found[1] or found[2] or found[3], 16)),
        name,
    )
    known = next((path for path in (name, plain) if path.startswith(place)), None)
    return str(ROOT) + known[len(place) :] if known else name
