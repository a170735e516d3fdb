"""Read the events of a worker process into a `RunState`, and enforce the limits meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import AsyncIterator, Coroutine
from typing import Any, TypeVar, assert_never

import psutil

from workshop.report import Begin, Check
from workshop.runner.limits import MAX_KEPT_STDERR, MAX_NOISE, RESERVE, Limits
from workshop.runner.process import WorkerProcess
from workshop.runner.protocol import (
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
from workshop.runner.run_state import RunState, TerminationReason
from workshop.runner.stack_sampler import StackSample

GRACE = 0.15
"""Seconds for the last events of a process that has ended, and for its children to end."""
STOP_SECONDS = 0.5
"""Seconds that a suite may go on after a `Trouble`."""
MAX_SUSPENDED = 1.0
"""Seconds that a process may be suspended before the learner's code runs."""

Result = TypeVar("Result")


async def read_events(worker: WorkerProcess, token: str, limits: Limits, state: RunState) -> None:
    """Read events into `state` until the suite ends, its time is up, or a limit is exceeded."""
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
                if not (state.ended or state.reason):  # it has ended, or closed its pipe
                    await asyncio.wait((tasks[0], tasks[-1]), timeout=GRACE)
                if state.ended and not state.violations:
                    await _find_programs(worker, state)
    except TimeoutError:
        if state.ended:
            return
        if state.started_at is None:
            late = f"Python was not up after {limits.start:g} seconds."
            state.reason = TerminationReason(COURSE, late)
        elif state.reason is None:
            kind = "stopped" if worker.tree.suspended() else "deadline"
            state.reason = TerminationReason(kind)
    state.exit_code = process.returncode
    worker.processor = state.processor


@contextlib.asynccontextmanager
async def side_by_side(
    *coroutines: Coroutine[Any, Any, Result],
) -> AsyncIterator[list[asyncio.Task[Result]]]:
    """Run coroutines as tasks; on exit cancel those that still run, and wait for them."""
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
    """Read events into `state` until the last one; count lines without the token as noise."""
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
            message = decode_event(line, token)
        except ValueError:
            state.reason = TerminationReason("garbled")
            return
        if message is None:
            noise += len(line)
            if noise > MAX_NOISE:
                state.reason = TerminationReason("output")
                return
            continue
        number += 1
        if message[0] != number:
            state.reason = TerminationReason("garbled")
            return
        event = message[1]
        _apply(state, event)
        if isinstance(event, Start):
            state.started_at = loop.time()
            clock.reschedule(state.started_at + seconds + GRACE)
        elif isinstance(event, Trouble) and state.started_at is not None:
            clock.reschedule(min(clock.when() or math.inf, loop.time() + STOP_SECONDS))
        elif isinstance(event, End | PytestExit):
            return


def _apply(state: RunState, event: Event) -> None:
    """Enter an event in `state`."""
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
            text = state.stderr.decode("utf-8", "replace").strip()
            text = text or f"pytest ended with code {event.code}."
            state.reason = TerminationReason(COURSE, text)
        case Ready():
            pass  # `WarmWorker` has read it before
        case _:
            assert_never(event)


async def _drain_stderr(stream: asyncio.StreamReader, state: RunState) -> None:
    """Read standard error and keep its beginning; return after more than `MAX_NOISE` bytes."""
    count = 0
    while data := await stream.read(65536):
        count += len(data)
        state.stderr += data[: max(0, MAX_KEPT_STDERR - len(state.stderr))]
        if count > MAX_NOISE:
            state.reason = TerminationReason("output")
            return
    await asyncio.get_running_loop().create_future()


async def _watch_limits(worker: WorkerProcess, limits: Limits, state: RunState) -> None:
    """Poll until the process has ended, or exceeds a limit."""
    loop = asyncio.get_running_loop()
    last_running = loop.time()
    while worker.process.returncode is None:
        if len(worker.tree.alive()) > limits.processes:
            state.reason = TerminationReason("processes", f"{limits.processes}")
            return
        if worker.tree.resident() > limits.memory + RESERVE:
            state.reason = TerminationReason("memory", f"{limits.memory // 1024**2}")
            return
        if state.started_at is not None or not worker.tree.suspended():
            last_running = loop.time()
        elif loop.time() - last_running > MAX_SUSPENDED:
            state.reason = TerminationReason("suspended")
            return
        await asyncio.sleep(0.05)


async def _find_programs(worker: WorkerProcess, state: RunState) -> None:
    """Report a program that the learner's code started and that does not end."""
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
