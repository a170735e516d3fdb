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
    Left,
    Over,
    Reached,
    Ready,
    Start,
    Trouble,
    read_event,
)
from workshop.runner.outcome import Heard, Limits, Mishap
from workshop.runner.process import Sandbox
from workshop.runner.stack_sampler import Whereabouts

FLOOD = 4 * 1024 * 1024
"""Bytes that may be written past Python's `print` (os.write, other programs)."""
KEPT = 20_000
"""Bytes of them that are kept, for the course's own faults."""
GRACE = 0.15
"""Seconds for the last words of a process that has ended, and for its children to end."""
LAST_WORDS = 0.5
"""Seconds that a suite may go on once something has stopped it."""
SUSPENDED = 1.0
"""Seconds that a process may be suspended before anything of the learner's has run."""
RESERVE = 256 * 1024 * 1024
"""Bytes that a process may take beyond its limit once something failed, so that it can be told."""

Result = TypeVar("Result")


async def follow(sandbox: Sandbox, word: str, limits: Limits, heard: Heard) -> None:
    """Listen until the suite is over, the time is up or a guard gives the alarm."""
    process = sandbox.process
    assert process.stdout
    assert process.stderr
    try:
        async with asyncio.timeout(limits.start) as clock:
            async with side_by_side(
                _listen(process.stdout, word, heard, clock, limits.seconds),
                _drain(process.stderr, heard),
                _guard(sandbox, limits, heard),
            ) as tasks:
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
                if not (heard.ended or heard.trouble):  # it died, or it cannot speak any more
                    await asyncio.wait((tasks[0], tasks[-1]), timeout=GRACE)
                if heard.ended and not heard.left:
                    await _look_for_programs(sandbox, heard)
    except TimeoutError:
        if heard.ended:
            return
        if heard.began is None:
            heard.trouble = Mishap(COURSE, f"Python was not up after {limits.start:g} seconds.")
        elif heard.trouble is None:
            kind = "stopped" if sandbox.family.suspended() else "deadline"
            heard.trouble = Mishap(kind)
    heard.exit = process.returncode
    sandbox.processor = heard.processor


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


async def _listen(
    stream: asyncio.StreamReader,
    word: str,
    heard: Heard,
    clock: asyncio.Timeout,
    seconds: float,
) -> None:
    """Take down events until the end; lines without the word are somebody else's."""
    loop = asyncio.get_running_loop()
    number = noise = 0
    while not heard.ended:
        try:
            line = await stream.readline()
        except ValueError:  # a line without end
            heard.trouble = Mishap("output")
            return
        if not line:
            return
        try:
            said = read_event(line, word)
        except ValueError:
            heard.trouble = Mishap("garbled")
            return
        if said is None:
            noise += len(line)
            if noise > FLOOD:
                heard.trouble = Mishap("output")
                return
            continue
        number += 1
        if said[0] != number:
            heard.trouble = Mishap("garbled")
            return
        event = said[1]
        _take(heard, event)
        if isinstance(event, Start):
            heard.began = loop.time()
            clock.reschedule(heard.began + seconds + GRACE)
        elif isinstance(event, Trouble) and heard.began is not None:  # little more is to come
            clock.reschedule(min(clock.when() or math.inf, loop.time() + LAST_WORDS))
        elif isinstance(event, End | Over):
            return


def _take(heard: Heard, event: Event) -> None:
    """Take an event down."""
    match event:
        case Start():
            heard.main, heard.process = event.thread, event.process
        case Begin():
            heard.running = event.name
        case Check():
            heard.checks.append(event)
            heard.running = None
        case Whereabouts():
            heard.whereabouts = event
        case Trouble():
            heard.trouble = heard.trouble or Mishap(event.kind, event.text)
        case Reached():
            heard.reached = True
        case Left():
            heard.left += event.sentences
        case End():
            heard.output, heard.pool, heard.ended = event.output, [*event.pool], True
            heard.processor = event.processor
        case Over():
            said = heard.said.decode("utf-8", "replace").strip()
            heard.trouble = Mishap(COURSE, said or f"pytest ended with code {event.code}.")
        case Ready():
            pass  # it was waited for before
        case _:
            assert_never(event)


async def _drain(stream: asyncio.StreamReader, heard: Heard) -> None:
    """Read what is written past the recorder, keep its beginning, and come back on a flood."""
    count = 0
    while data := await stream.read(65536):
        count += len(data)
        heard.said += data[: max(0, KEPT - len(heard.said))]
        if count > FLOOD:
            heard.trouble = Mishap("output")
            return
    await asyncio.get_running_loop().create_future()


async def _guard(sandbox: Sandbox, limits: Limits, heard: Heard) -> None:
    """Come back when the process has ended, or when it takes more than it may."""
    loop = asyncio.get_running_loop()
    awake = loop.time()
    while sandbox.process.returncode is None:
        if len(sandbox.family.alive()) > limits.processes:
            heard.trouble = Mishap("processes", f"{limits.processes}")
            return
        if sandbox.family.resident() > limits.memory + RESERVE:
            heard.trouble = Mishap("memory", f"{limits.memory // 1024**2}")
            return
        if heard.began is not None or not sandbox.family.suspended():
            awake = loop.time()
        elif loop.time() - awake > SUSPENDED:
            heard.trouble = Mishap("suspended")
            return
        await asyncio.sleep(0.05)


async def _look_for_programs(sandbox: Sandbox, heard: Heard) -> None:
    """Note a program that the learner's code started and that does not end."""
    loop = asyncio.get_running_loop()
    until = loop.time() + GRACE
    known = {sandbox.process.pid, heard.process, *heard.pool}
    while others := [p for p in sandbox.family.alive() if p.pid not in known]:
        if loop.time() > until:
            name = "it is gone now"
            with contextlib.suppress(psutil.Error):
                name = others[0].name()
            heard.left.append(
                f"A program that your code started ({name}) was still running after the last check."
                " Wait for its end, or end it: no program may outlive the app."
            )
            return
        await asyncio.sleep(0.01)
