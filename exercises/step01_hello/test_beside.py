"""Run a server beside another task.

Finish `serve()`, a context manager made with `web.AppRunner` and `web.TCPSite`:

- Inside its block the app answers on `host` and `port`, while `work()` runs as a task of its own.
- The block gets the port: for `port=0` the system chooses one, so give the number that it chose.
- After the block nothing is left, neither server nor task, not even when the block raised an error.
"""

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import aiohttp
import pytest

from workshop.advice.causes import cause
from workshop.recorder.tracebacks import waiting_at

pytestmark = pytest.mark.exercise(number=4, minutes=15, when="stretch")


class Work:
    """Something to do beside the server; says when it starts and when it stops.

    It does not stop at once: it has something to put away first.
    """

    def __init__(self):
        self.started = asyncio.Event()
        self.stopped = asyncio.Event()

    async def run(self):
        self.started.set()
        try:
            await asyncio.Event().wait()
        finally:
            for _ in range(50):
                await asyncio.sleep(0)
            self.stopped.set()


@asynccontextmanager
async def serving(exercise, work, port=0):
    """Enter the learner's serve(); fail, rather than hang, where it never comes to its yield."""
    task, waits = asyncio.current_task(), []
    look = asyncio.get_running_loop().call_later(1, lambda: waits.extend(waiting_at(task)))
    async with AsyncExitStack() as stack:
        try:
            async with asyncio.timeout(1):
                manager = exercise.serve(exercise.create_app(), work.run, "127.0.0.1", port)
                given = await stack.enter_async_context(manager)
        except TimeoutError:
            raise AssertionError(never_came(waits)) from None
        look.cancel()
        assert given, "serve() must yield the number of the port that was chosen." | cause(
            when=given == port == 0,
            what="0 asks the system for a free port; it is not the number that was chosen.",
            do="Once the site has started it knows: `yield site.port`.",
            at="yield",
        )
        yield given


def never_came(waits):
    """Say where serve() waits, by the learner's lines, and for whom."""
    if not waits:
        return "serve() never came to its yield."
    line = waits[-1]
    works = "work()" in line.code
    what = "work(), which does not end" if works else f"`{line.code}`"
    return f"serve() never came to its yield: it waits in line {line.number} for {what}." | cause(
        what="What this line waits for does not come to an end, so the next one is never reached.",
        do="Start it as a task, and go on: `task = asyncio.create_task(work())`."
        if works
        else "Take out what waits for ever: after `yield` it is the block that takes its time.",
        at=line,
    )


async def happens(event):
    """Whether an event is set within half a second."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), 0.5)
    return event.is_set()


async def accepts(port):
    """Whether somebody listens on a port of this machine."""
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


async def left(before):
    """Return the tasks that were not there before and do not end either."""
    new = asyncio.all_tasks() - before
    return (await asyncio.wait(new, timeout=0.1))[1] if new else set()


async def nothing_left(exercise, port, before, ended):
    """Assert that server and task are gone, and that the work was done when the block ended."""
    assert not await accepts(port), "The server still listens." | cause(
        what="Nothing has stopped the server, or an error went past the line that does.",
        do="`await runner.cleanup()` below `finally`, after the `yield`.",
        at=exercise.serve,
    )
    assert not await left(before), "A task is left: was the one of work() cancelled?" | cause(
        what="Nothing has ended the task, or an error went past the line that does.",
        do="`task.cancel()` below `finally`, and then wait until it has ended.",
        at=exercise.serve,
    )
    assert ended, (
        "work() still ran when the block had ended: cancel its task, then await it."
        | cause(
            what="`cancel()` asks a task to end, and does not wait until it has.",
            do="Below `task.cancel()`: `with suppress(asyncio.CancelledError):` and `await task`.",
            at="cancel",
        )
    )


@pytest.mark.hint(
    "Four things in order: an `AppRunner` for the app, its `setup()`, a `TCPSite`, its `start()`.",
    "`setup()` and `start()` must be awaited.",
    "Once it has started, the site knows its port: `yield site.port`.",
)
async def test_answers(exercise):
    """Inside the block the app answers on the port that serve() gives."""
    async with serving(exercise, Work()) as port, aiohttp.ClientSession() as session:
        response = await session.get(f"http://127.0.0.1:{port}/")
        assert response.status == 200


@pytest.mark.hint(
    "`await work()` would wait until the work ends. Start it, and go on.",
    "`task = asyncio.create_task(work())` starts it beside the server.",
)
async def test_works_beside(exercise):
    """Inside the block `work()` runs as a task of its own."""
    work = Work()
    async with serving(exercise, work):
        assert await happens(work.started), "work() was not started." | cause(
            what="Nobody runs `work()`.",
            do="`task = asyncio.create_task(work())`, before the `yield`.",
            at=exercise.serve,
        )
        assert not work.stopped.is_set(), "work() was stopped before the block ended."


@pytest.mark.hint(
    "What was started must be stopped: the task by `cancel()`, the server by the runner.",
    "After the `yield`: `task.cancel()`, then `await runner.cleanup()`.",
    "`cancel()` only asks it to end. `with suppress(asyncio.CancelledError): await task` waits.",
)
async def test_stops(exercise):
    """After the block nobody listens and no task is left."""
    before, work = asyncio.all_tasks(), Work()
    async with serving(exercise, work) as port:
        await happens(work.started)
    await nothing_left(exercise, port, before, ended=work.stopped.is_set())


@pytest.mark.hint(
    "An error in the block comes out of the `yield`, so the lines after it are skipped.",
    "`try:` before the `yield`, `finally:` after it; what stops things goes below `finally`.",
)
async def test_stops_after_an_error(exercise):
    """An error in the block stops server and task as well."""
    before, work = asyncio.all_tasks(), Work()
    try:
        async with serving(exercise, work) as port:
            await happens(work.started)
            raise ZeroDivisionError
    except* ZeroDivisionError:  # alone, or in the group that a TaskGroup makes
        pass
    await nothing_left(exercise, port, before, ended=work.stopped.is_set())


@pytest.mark.hint(
    "`start()` raises OSError on a busy port. What has been started by then?",
    "Start the task when the site stands, or put `start()` inside the `try` as well.",
)
async def test_busy_port(exercise, unused_tcp_port):
    """The port asked for is taken; if it is busy, the error comes out, and no task is left."""
    async with serving(exercise, Work(), unused_tcp_port) as port:
        assert port == unused_tcp_port, cause(
            what="The server listens on another port than serve() was given.",
            do="Give `port` to the site as well: `web.TCPSite(runner, host, port)`.",
            at=exercise.serve,
        )
        before, raised = asyncio.all_tasks(), False
        try:
            async with serving(exercise, Work(), port):
                pass
        except OSError:
            raised = True
        assert raised, "Two servers on one port: serve() must let the OSError through."
        assert not await left(before), "A task is left, though the server never started."
