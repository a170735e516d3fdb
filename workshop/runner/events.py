"""What the checker hears from the other process: events, and whatever else makes it stop."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import AsyncIterator, Coroutine
from typing import Any, TypeVar, assert_never

import psutil

from workshop.report import Begin, Check
from workshop.runner.messages import (
    COURSE,
    End,
    Event,
    PytestExit,
    Ready,
    Start,
    Trouble,
    Unguarded,
    Violations,
    decode_event,
)
from workshop.runner.outcome import Limits, RunState, TerminationReason
from workshop.runner.process import WorkerProcess
from workshop.runner.stack_sampler import StackSample

MAX_NOISE = 4 * 1024 * 1024
"""Bytes that may be written past Python's `print` (os.write, other programs)."""
MAX_KEPT_STDERR = 20_000
"""Bytes of them that are kept, for the course's own faults."""
GRACE = 0.15
"""Seconds for the last words of a process that has ended, and for its children to end."""
FAREWELL = 0.5
"""Seconds that a suite may go on once something has stopped it."""
MAX_SUSPENDED = 1.0
"""Seconds that a process may be suspended before anything of the learner's has run."""
RESERVE = 256 * 1024 * 1024
"""Bytes that a process may take beyond its limit once something failed, so that it can be told."""

Result = TypeVar("Result")


async def read_events(worker: WorkerProcess, token: str, limits: Limits, state: RunState) -> None:
    """Listen until the suite is over, the time is up or a guard gives the alarm."""
    process = worker.process
    assert process.stdout
    assert process.stderr
    try:
        async with asyncio.timeout(limits.start) as clock:
            async with side_by_side(
                receive(process.stdout, token, state, clock, limits.seconds),
                _drain_stderr(process.stderr, state),
                _watch_limits(worker, limits, state),
            ) as tasks:
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
                if not (state.ended or state.reason):  # it died, or it cannot speak any more
                    await asyncio.wait((tasks[0], tasks[-1]), timeout=GRACE)
                if state.ended and not state.violations:
                    await _find_programs(worker, state)
    except TimeoutError:
        if state.ended:
            return
        if state.started_at is None:
            state.reason = TerminationReason(
                COURSE, f"Python was not up after {limits.start:g} seconds."
            )
        elif state.reason is None:
            kind = "stopped" if worker.tree.suspended() else "deadline"
            state.reason = TerminationReason(kind)
    state.exit_code = process.returncode
    worker.processor = state.processor


@contextlib.asynccontextmanager
async def side_by_side(
    *coroutines: Coroutine[Any, Any, Result],
) -> AsyncIterator[list[asyncio.Task[Result]]]:
    """Run coroutines side by side; cancel what is left of them on the way out."""
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def receive(
    stream: asyncio.StreamReader,
    token: str,
    state: RunState,
    clock: asyncio.Timeout,
    seconds: float,
) -> None:
    """Take down events until the end; lines without the word are somebody else's."""
    loop = asyncio.get_running_loop()
    number = noise = 0
    while not state.ended:
        try:
            line = await stream.readline()
        except ValueError:  # a line without end
            state.reason = TerminationReason("output")
            return
        if not line:
            return
        try:
            said = decode_event(line, token)
        except ValueError:
            state.reason = TerminationReason("garbled")
            return
        if said is None:
            noise += len(line)
            if noise > MAX_NOISE:
                state.reason = TerminationReason("output")
                return
            continue
        number += 1
        if said[0] != number:
            state.reason = TerminationReason("garbled")
            return
        event = said[1]
        _apply(state, event)
        if isinstance(event, Start):
            state.started_at = loop.time()
            clock.reschedule(state.started_at + seconds + GRACE)
        elif isinstance(event, Trouble) and state.started_at is not None:  # little more is to come
            clock.reschedule(min(clock.when() or math.inf, loop.time() + FAREWELL))
        elif isinstance(event, End | PytestExit):
            return


def _apply(state: RunState, event: Event) -> None:
    """Take an event down."""
    match event:
        case Start():
            state.main_thread, state.process = event.thread, event.process
        case Begin():
            state.running = event.name
        case Check():
            state.checks.append(event)
            state.running = None
        case StackSample():
            state.sample = event
        case Trouble():
            state.reason = state.reason or TerminationReason(event.kind, event.text)
        case Unguarded():
            state.unguarded = True
        case Violations():
            state.violations += event.sentences
        case End():
            state.output, state.pool, state.ended = event.output, [*event.pool], True
            state.processor = event.processor
        case PytestExit():
            said = state.stderr.decode("utf-8", "replace").strip()
            state.reason = TerminationReason(
                COURSE, said or f"pytest ended with code {event.code}."
            )
        case Ready():
            pass  # it was waited for before
        case _:
            assert_never(event)


async def _drain_stderr(stream: asyncio.StreamReader, state: RunState) -> None:
    """Read what is written past the recorder, keep its beginning, and come back on a flood."""
    count = 0
    while data := await stream.read(65536):
        count += len(data)
        state.stderr += data[: max(0, MAX_KEPT_STDERR - len(state.stderr))]
        if count > MAX_NOISE:
            state.reason = TerminationReason("output")
            return
    await asyncio.get_running_loop().create_future()


async def _watch_limits(worker: WorkerProcess, limits: Limits, state: RunState) -> None:
    """Come back when the process has ended, or when it takes more than it may."""
    loop = asyncio.get_running_loop()
    awake = loop.time()
    while worker.process.returncode is None:
        if len(worker.tree.alive()) > limits.processes:
            state.reason = TerminationReason("processes", f"{limits.processes}")
            return
        if worker.tree.resident() > limits.memory + RESERVE:
            state.reason = TerminationReason("memory", f"{limits.memory // 1024**2}")
            return
        if state.started_at is not None or not worker.tree.suspended():
            awake = loop.time()
        elif loop.time() - awake > MAX_SUSPENDED:
            state.reason = TerminationReason("suspended")
            return
        await asyncio.sleep(0.05)


async def _find_programs(worker: WorkerProcess, state: RunState) -> None:
    """Note a program that the learner's code started and that does not end."""
    loop = asyncio.get_running_loop()
    until = loop.time() + GRACE
    known = {worker.process.pid, state.process, *state.pool}
    while others := [p for p in worker.tree.alive() if p.pid not in known]:
        if loop.time() > until:
            name = "it is gone now"
            with contextlib.suppress(psutil.Error):
                name = others[0].name()
            state.violations.append(
                f"A program that your code started ({name}) was still running after the last check."
                " Wait for its end, or end it: no program may outlive the app."
            )
            return
        await asyncio.sleep(0.01)
