"""From an error to a sentence and a next action: the catalogue of misconceptions.

Everyone who learns aiohttp meets these. Each entry looks at the name and the text of an
exception (or at a log line), never at how the learner's file is written.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from workshop.report import Advice, Line
from workshop.tracing import lines_of


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that went wrong: an exception by its name and text, or a log line."""

    kind: str
    text: str
    line: Line | None = None

    @classmethod
    def of(cls, error: BaseException) -> Fault:
        """Return the fault that an exception stands for, with the learner's innermost line."""
        lines = lines_of(error)
        text = str(error)
        if isinstance(error, SyntaxError):
            text = error.msg or text
        if isinstance(error, ImportError) and error.name:
            text = _nearest(error, text)
        return cls(type(error).__name__, text, lines[-1] if lines else None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A misconception: how it shows, what it is, what to do; `{0}` is what the pattern caught."""

    key: str
    kinds: str
    """Exception names, as a regular expression; "" fits log lines too."""
    pattern: str
    sentence: str
    action: str


def advise(faults: Iterable[Fault]) -> Advice | None:
    """Return the advice for the first fault that the catalogue knows, or None."""
    for fault in faults:
        for entry in CATALOGUE:
            found = re.search(entry.pattern, fault.text, re.DOTALL)
            if found and re.fullmatch(entry.kinds or ".*", fault.kind):
                caught = [group or "" for group in found.groups()]
                fill: Callable[[str], str] = lambda text, with_=caught: text.format(*with_)  # noqa: E731
                return Advice(entry.key, fill(entry.sentence), fill(entry.action), fault.line)
    return None


def _nearest(error: ImportError, text: str) -> str:
    """Add the name that was probably meant to "cannot import name"."""
    import importlib
    import sys

    wanted = getattr(error, "name_from", None) or next(
        iter(re.findall(r"cannot import name '(\w+)'", text)), None
    )
    module = sys.modules.get(error.name or "")
    if not wanted or module is None:
        return text
    del importlib
    close = difflib.get_close_matches(wanted, dir(module), n=1)
    return f"cannot import name '{wanted}' from '{error.name}'" + (
        f" (did you mean '{close[0]}'?)" if close else ""
    )


CATALOGUE = (
    Entry(
        "deadline",
        "Deadline",
        r"^(.*)$",
        "The checks did not come to an end: {0}",
        "Look for a loop that never ends, or a wait for something that never comes.",
    ),
    Entry(
        "never-awaited",
        "",
        r"coroutine '([\w.<>]+)' was never awaited",
        "`{0}()` was called without `await`, so it never ran.",
        "Put `await` before the call. Calling an `async def` function only makes a coroutine.",
    ),
    Entry(
        "never-awaited",
        "TypeError|AttributeError",
        r"'?coroutine'? object",
        "A coroutine was used as if it were its result: an `await` is missing.",
        "Put `await` before the call whose result you use on this line.",
    ),
    Entry(
        "never-awaited",
        "TypeError",
        r"Object of type coroutine is not JSON serializable",
        "A coroutine was put into the JSON answer: an `await` is missing.",
        "Put `await` before the call whose result you send.",
    ),
    Entry(
        "sync-handler",
        "TypeError|AssertionError|DeprecationWarning",
        r"Only async functions are allowed|Bare functions are deprecated|"
        r"(?:object|'[\w.]*Response' object) .*can't be used in 'await' expression",
        "A handler is a plain function; aiohttp only calls `async def` handlers.",
        "Write `async def` in front of the handler's name.",
    ),
    Entry(
        "returned-exception",
        "",
        r"returned (HTTP\w+), it has to raise it|returning HTTPException object is deprecated",
        "The handler returned an HTTP exception; aiohttp wants it raised.",
        "Write `raise web.HTTP…(…)` instead of `return web.HTTP…(…)`.",
    ),
    Entry(
        "returned-none",
        "",
        r"the handler returned None|Missing return statement on request handler",
        "The handler came to its end without returning a response.",
        "End it with `return web.Response(…)`, on every way through it.",
    ),
    Entry(
        "returned-other",
        "",
        r"the handler returned (.+), not a response|should return a response instance, got (.+)",
        "The handler returned {0}; aiohttp needs a response.",
        "Wrap it: `web.Response(text=…)` for text, `web.json_response(…)` for data.",
    ),
    Entry(
        "no-create-app",
        "AttributeError",
        r"has no attribute 'create_app'",
        "Your file has no function `create_app()`; that is where every check begins.",
        "Define `def create_app() -> web.Application:` at the left margin, and let it return the app.",
    ),
    Entry(
        "no-such-thing-asked",
        "AttributeError",
        r"module 'exercises\.[\w.]+' has no attribute '(\w+)'",
        "Your file has no `{0}`; the check needs it by that name.",
        "Define `{0}` at the left margin of the file; `python -m workshop reset` brings the original back.",
    ),
    Entry(
        "app-not-returned",
        "SubmissionError",
        r"create_app\(\) gave (.+) where a",
        "`create_app()` gave {0}, not an application.",
        "End `create_app()` with `return app`.",
    ),
    Entry(
        "run-app-on-import",
        "SubmissionError",
        r"web\.run_app\(\) was called",
        "`web.run_app()` runs as soon as the file is imported, so nobody else can use its app.",
        'Move it below `if __name__ == "__main__":`.',
    ),
    Entry(
        "tabs",
        "TabError",
        r"",
        "Tabs and spaces are mixed in the indentation.",
        "Use four spaces everywhere; your editor can convert the file.",
    ),
    Entry(
        "indentation",
        "IndentationError",
        r"^(.*)$",
        "Python cannot follow the indentation: {0}.",
        "Look at this line and the one above it: what belongs together starts at the same column.",
    ),
    Entry(
        "encoding",
        "SyntaxError|ValueError|UnicodeDecodeError",
        r"null bytes|utf-8' codec|encoding problem|Non-UTF-8|codec can't decode|invalid or missing encoding",
        "The file is not saved as UTF-8, so Python cannot read it.",
        "Save it again with the encoding UTF-8 (in most editors: bottom right, or Save as).",
    ),
    Entry(
        "await-outside",
        "SyntaxError",
        r"'await' outside (?:async )?function|asynchronous .* outside",
        "`await` stands in a function that is not `async`.",
        "Write `async def` in front of that function's name.",
    ),
    Entry(
        "syntax",
        "SyntaxError",
        r"^(.*)$",
        "Python cannot read this line: {0}.",
        "Look there first, then at the end of the line before: a bracket, quote or colon is often missing.",
    ),
    Entry(
        "not-installed",
        "ModuleNotFoundError",
        r"No module named '([\w.]+)'",
        "There is no module `{0}` here.",
        "Check the spelling of the import; `python -m workshop doctor` shows whether a package is missing.",
    ),
    Entry(
        "import",
        "ImportError",
        r"^(.*)$",
        "An import failed: {0}.",
        "Check the spelling of the name that you import.",
    ),
    Entry(
        "name",
        "NameError|UnboundLocalError",
        r"name '(\w+)' is not defined",
        "The name `{0}` is not known on this line.",
        "Is it spelt as where it was made? Is its import missing?",
    ),
    Entry(
        "name",
        "UnboundLocalError",
        r"variable '(\w+)'",
        "`{0}` has no value yet on this line.",
        "Give it a value on every way that leads here.",
    ),
    Entry(
        "content-type",
        "ContentTypeError",
        r"unexpected mimetype: '?([\w/+.;= -]*)",
        "The answer says that it is `{0}`; the check asked for JSON.",
        "Answer with `web.json_response(…)`, which sets the content type, too.",
    ),
    Entry(
        "no-json",
        "JSONDecodeError",
        r"",
        "The body is no JSON, so it could not be read as such.",
        "Build JSON with `web.json_response(data)`, or check what you read with `await request.json()`.",
    ),
    Entry(
        "text-type",
        "TypeError",
        r"text argument must be str \((<class '(\w+)'>)\)",
        "`text=` was given a {1}; it takes a str.",
        "Use `text=str(…)`, or `web.json_response(…)` for data.",
    ),
    Entry(
        "body-type",
        "TypeError|ValueError",
        r"Unsupported body type|body argument must be|unsupported type for body",
        "`body=` was given something that is neither bytes nor text.",
        "Use `text=` for str, `body=` for bytes, `web.json_response(…)` for data.",
    ),
    Entry(
        "not-serializable",
        "TypeError",
        r"Object of type (\w+) is not JSON serializable",
        "JSON has no way to write a {0}.",
        "Make a dict, list, str, number, bool or None of it first.",
    ),
    Entry(
        "handler-arguments",
        "TypeError",
        r"(\w+)\(\) takes 0 positional arguments but 1 was given",
        "`{0}()` takes no argument, but aiohttp hands every handler the request.",
        "Write `async def {0}(request: web.Request)`.",
    ),
    Entry(
        "no-attribute",
        "AttributeError",
        r"module 'aiohttp\.web' has no attribute '(\w+)'",
        "`web.{0}` does not exist in aiohttp.",
        "Check the spelling against the page of this step.",
    ),
    Entry(
        "port",
        "OSError|PermissionError",
        r"(?:address already in use|only one usage of each socket address).*|error while attempting to bind on address",
        "The port is taken: another server runs there, perhaps one that you started before.",
        "Stop the other one with Ctrl-C, or choose another port: `--port 8081`.",
    ),
    Entry(
        "loop-running",
        "RuntimeError",
        r"asyncio\.run\(\) cannot be called from a running event loop|This event loop is already running",
        "`asyncio.run()` was called where a loop already runs.",
        "Inside `async def` just `await` the coroutine.",
    ),
    Entry(
        "loop-closed",
        "RuntimeError",
        r"Event loop is closed|Cannot close a running event loop|Event loop stopped",
        "The event loop was closed or stopped from inside.",
        "Leave opening and closing the loop to `web.run_app()` or `asyncio.run()`.",
    ),
    Entry(
        "exit",
        "SystemExit",
        r"",
        "Your code ended the program with `sys.exit()` or `exit()`.",
        "Take the call out: a server answers and goes on.",
    ),
    Entry(
        "input",
        "EOFError",
        r"",
        "Your code waits for somebody to type (`input()`), but a server has no keyboard.",
        "Take what you need from the request.",
    ),
    Entry(
        "recursion",
        "RecursionError",
        r"",
        "A function called itself until Python stopped it.",
        "Look for the case in which it should not call itself any more.",
    ),
    Entry(
        "memory",
        "MemoryError",
        r"",
        "Your code asked for more memory than a check may have.",
        "Look for something that grows without end, or is far larger than needed.",
    ),
    Entry(
        "output",
        "OutputLimit|OutputLimitError",
        r"",
        "Your code printed more than anyone can read.",
        "Take the print() out of the loop.",
    ),
    Entry(
        "disconnected",
        "ServerDisconnectedError",
        r"",
        "The server closed the connection without an answer.",
        "Look at the log below: an exception outside the handler, or a response that never ended.",
    ),
)
"""The first entry that fits wins."""
