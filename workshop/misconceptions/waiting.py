"""Coroutines, event loops and what has to be awaited."""

from __future__ import annotations

from workshop.misconceptions.entry import Entry

ENTRIES = (
    Entry(
        "unclosed-session",
        "",
        r"Unclosed (client session|connection|response)",
        "A client session was opened and never closed.",
        "Use it as `async with aiohttp.ClientSession() as session:`.",
    ),
    Entry(
        "never-awaited",
        "",
        r"coroutine '(?:\w+\.)*(\w+)' was never awaited",
        "`{0}()` was called without `await`, so it never ran.",
        "Put `await` before the call. Calling an `async def` function only makes a coroutine.",
    ),
    Entry(
        "async-with",
        "TypeError",
        r"Use async with instead",
        "A client session is entered with a plain `with`.",
        "Write `async with`: opening and closing it takes waiting.",
    ),
    Entry(
        "plain-with",
        "TypeError",
        r"'(?:\w+\.)*(\w+)' object does not support the asynchronous context manager protocol",
        "`async with` is used for a `{0}`, which knows only the plain `with`.",
        "Leave out `async`.",
    ),
    Entry(
        "async-for",
        "TypeError",
        r"'async_generator' object is not (?:an iterator|iterable)",
        "A generator that waits is walked through with a plain `for`.",
        "Write `async for`.",
    ),
    Entry(
        "create-task",
        "TypeError",
        r"a coroutine was expected, got <(?:function|bound method) (?:\w+\.)*(\w+)",
        "The function `{0}` was given where a coroutine is expected.",
        "Call it: `{0}()`, with parentheses.",
    ),
    Entry(
        "never-awaited",
        "TypeError|AttributeError|ValueError",
        r"\bcoroutine\b",
        "A coroutine was used as if it were its result: an `await` is missing.",
        "Put `await` before the call whose result you use on this line.",
    ),
    Entry(
        "not-called",
        "TypeError",
        r"object (?:method|builtin_function_or_method|function) can't be used in 'await' expression"
        r"|'(?:method|builtin_function_or_method|function)' object can't be awaited",
        "What stands behind `await` is a function that nobody called.",
        "Put parentheses behind its name: `await request.json()`.",
    ),
    Entry(
        "needless-await",
        "TypeError",
        r"object (\w+) can't be used in 'await' expression"
        r"|'(?:\w+\.)*(\w+)' object can't be awaited",
        "`await` stands before a {0}{1}, which is there at once.",
        "Leave out the `await`: it belongs before calls of `async def` functions only.",
        code=r"\bawait\b",
    ),
    Entry(
        "loop-running",
        "RuntimeError",
        r"asyncio\.run\(\) cannot be called from a running event loop|loop is already running"
        r"|while another loop is running",
        "A loop was to be started where one already runs.",
        "Inside `async def` just `await` the coroutine.",
    ),
    Entry(
        "no-loop",
        "RuntimeError|DeprecationWarning",
        r"no running event loop|There is no current event loop",
        "Something that needs the event loop was made before the loop runs.",
        "Make it inside an `async def` function, for example in a `cleanup_ctx`.",
    ),
    Entry(
        "loop-closed",
        "RuntimeError",
        r"Event loop is closed|Cannot close a running event loop|Event loop stopped",
        "The event loop was closed or stopped from inside.",
        "Leave opening and closing the loop to `web.run_app()` or `asyncio.run()`.",
    ),
    Entry(
        "session-closed",
        "RuntimeError|ClientConnectionError",
        r"Session is closed|Connection closed",
        "The client session was already closed when this line used it.",
        "Do it inside the `async with` block of the session.",
    ),
    Entry(
        "stall",
        "Stalled",
        r"",
        "While this line runs nobody else does: `time.sleep` stops the whole loop.",
        "Write `await asyncio.sleep(…)`.",
        code=r"\b(?:time\.)?sleep\(",
    ),
    Entry(
        "stall",
        "Stalled",
        r"",
        "While this line runs nobody else does: it waits for an answer, and cannot be awaited.",
        "Take aiohttp's client: `async with session.get(…) as response:`.",
        code=r"\brequests\.|\burlopen\(",
    ),
    Entry(
        "stall",
        "Stalled",
        r"",
        "While this line runs nobody else does: the loop stands still until it is done.",
        "Let a thread do the work, and await that: `await asyncio.to_thread(function, argument)`.",
    ),
)
