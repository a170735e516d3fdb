"""Something that went wrong, as the catalogue of misconceptions looks at it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import CoroutineType, FunctionType
from typing import Any

from aiohttp import ClientResponseError, web

from workshop.advice import clues, cookies, held, jinja
from workshop.advice.suggestions import guess
from workshop.advice.telling import pasted, told
from workshop.recorder import expressions
from workshop.recorder.client_trace import Draft
from workshop.recorder.server_record import FailedCall, Half, Returned
from workshop.recorder.tracebacks import line_at, lines_inside, made_at, place_of
from workshop.report import Line
from workshop.report.comparison import (
    Comparison,
    differing_parts,
    exception_text,
    has_type,
    represent,
    without_addresses,
)

TYPE = re.compile(r"(text|image|application|multipart|audio|video|font)/\S+ \w+/\S+$")
"""Two content types that were compared."""
SEE_OTHER = 303
TEMPLATE = (
    "Write `@aiohttp_jinja2.template(…)` above the handler: it makes a page of what that returns."
)
SERVER_ERROR = 500
COROUTINE = re.compile(
    r"^(?!.*(?:awaitable is required|was expected, got|bad yield|of futures, not))"
    r".*(?:\bcoroutine\b(?!.*\b(?:async|iterator)\b)|dataclass instances|should be str$)",
    re.DOTALL,
)
"""What is said of a coroutine where its result was needed, not where one was ..."""
RESULTS = {"AttributeError", "ProgrammingError", "RuntimeError", "TypeError", "ValueError"}
"""... in exceptions of these kinds."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that went wrong: a kind, mostly an exception's name, and its text."""

    kind: str
    text: str
    line: Line | None = None
    """The learner's line that it came from."""
    guess: str = ""
    """What was probably meant, as a sentence."""
    raised: bool = False
    """Whether `line` itself was running, not only the function that begins there called."""
    in_library: bool = False
    """Whether it arose in something that `line` called, not in `line` itself."""
    words: Mapping[str, str] = field(default_factory=dict, compare=False)
    """What the line was about, by the names of `recorder.expressions.words`."""

    @classmethod
    def of(
        cls, error: BaseException, place: Line | None = None, calls: Iterable[FailedCall] = ()
    ) -> Fault:
        """Return the fault that an exception stands for.

        `place` is the line to look at when the exception itself tells none; `calls` are the failed
        calls of the check: the exception may come from one of them.
        """
        error = clues.first_of(error)
        call = next((call for call in calls if call.error is error), None)
        if isinstance(error, SyntaxError) and (found := pasted(error)):
            line = line_at(error.filename or "", found.number)
            return cls("Pasted", f"{found.kind} {found.what}", line, raised=True)
        kind, text = told(error, call)
        if kind in RESULTS and (early := next(cls.unfinished(error, text), None)):
            return early
        lines = lines_inside(error)
        culprit = clues.culprit(error, call) if isinstance(error, Warning) or not lines else None
        if spot := jinja.spot_of(error):
            culprit, lines = jinja.line_of(spot, lines[-1] if lines else place), ()
        line = culprit or (lines[-1] if lines else place)
        raised = bool(lines) and culprit is None
        inside = clues.in_library(error, line)
        told_of = expressions.words(error) if raised else {}
        return cls(kind, text, line, guess(error), raised, inside, told_of)

    @classmethod
    def forgotten(cls, coroutine: CoroutineType[Any, Any, Any], place: Line | None = None) -> Fault:
        """Return the fault that nobody awaits a coroutine; `place` is for one of unknown origin."""
        made = list(made_at(coroutine))
        return cls("Forgotten", coroutine.__name__, made[-1] if made else place)

    @classmethod
    def unfinished(cls, error: BaseException, text: str = "") -> Iterator[Fault]:
        """Yield the fault that a line had no value yet in its hands when an error arose.

        `text` is what the error says; "" for an error that was meant to arise.
        """
        coroutine = held.forgotten(error) if not text or COROUTINE.search(text) else None
        if coroutine:
            yield cls.forgotten(coroutine)
        if found := held.unraised(error):
            yield cls("Unraised", *found)

    @classmethod
    def returned(cls, returned: Returned, function: object = None) -> Fault:
        """Return the fault that something is no response; `function` is what was to give one."""
        lines = tuple(made_at(returned.what)) or (returned.place,)
        thing = returned.what
        if isinstance(thing, type) or inspect.iscoroutine(thing) or inspect.isroutine(thing):
            what = thing.__qualname__
        elif returned.kind == "HTTPException":
            what = type(thing).__name__
        else:
            what = without_addresses(represent(thing))[:60]
        known = function.__globals__ if has_type(function, FunctionType) else {}
        meant = TEMPLATE if returned.kind == "dict" and "aiohttp_jinja2" in known else ""
        return cls("Returned", f"{returned.kind} {returned.who} {what}", lines[-1], meant)

    @classmethod
    def again(cls, half: Half) -> Fault:
        """Return the fault that a response was answered which had been sent before."""
        names = held.kept_as(half.answer, half.match.function)
        raised = "raised" if half.answer is half.raised else "answered"
        _, line = next(names, ("", None))
        who = getattr(half.maker, "__name__", None) or half.match.handler or "the handler"
        kind = type(half.answer).__name__
        return cls("Sent before", f"{raised} {who} {kind}", line or half.match.place)

    @classmethod
    def unhandled(cls, half: Half) -> Fault:
        """Return the fault that any exception in a handler is, also one that was made a 500."""
        error = half.error or half.caught
        lines = lines_inside(error) if error else ()
        if error and (spot := jinja.spot_of(error)):
            line = jinja.line_of(spot, lines[-1] if lines else half.match.place)
            text = f"`{spot.name}`, line {spot.number}: {half.done().error}"
            return cls("Template error", text, line)
        who = lines[-1].function if lines else half.match.handler
        kind = "Unhandled" if half.error else "Made a 500"
        return cls(kind, f"{who} {half.done().error}", lines[-1] if lines else None)

    @classmethod
    def made_500(cls, half: Half) -> Iterator[Fault]:
        """Yield the fault that the learner's own middleware has logged and answered with a 500."""
        meant = isinstance(half.caught, web.HTTPException)
        if half.caught and not meant and half.status == SERVER_ERROR and lines_inside(half.caught):
            yield cls.of(half.caught, half.match.place, half.failed_calls)
            yield cls.unhandled(half)

    @classmethod
    def compared(cls, compared: Comparison, lines: Iterable[Line]) -> Iterator[Fault]:
        """Yield the fault that something was compared which is no value yet, or holds such."""
        line = next(reversed([*lines]), None)
        for value in (*held.parts(compared.actual), compared.expected):
            whole = value is compared.actual or value is compared.expected
            among = "What came is" if whole else "Among what came is"
            if inspect.iscoroutine(value):
                yield cls.forgotten(value, line)
            elif inspect.isroutine(value):
                yield cls("Not called", value.__name__, line)
            elif kind := held.unfinished(value):
                yield cls("Unfinished", f"{kind} {among}", line)
        for part in differing_parts(compared.actual, compared.expected):
            if (
                part.came
                and part.wanted
                and TYPE.match(f"{part.came} {part.wanted}".replace('"', ""))
            ):
                yield cls("Content type sent", f"{part.came} {part.wanted}".replace('"', ""), line)

    @classmethod
    def caught(cls, error: BaseException) -> Iterator[Fault]:
        """Yield the fault that an exception is which a suite caught, and wanted otherwise."""
        fault = cls.of(error)
        refused = type(error) is ClientResponseError
        yield replace(fault, kind="Refused") if refused else fault

    @classmethod
    def unsent(cls, drafts: Sequence[Draft], halves: Sequence[Half]) -> Iterator[Fault]:
        """Yield the fault that the last request lacks a cookie which was set before."""
        if found := cookies.lost(drafts):
            near = halves[-1].match.place if halves else None
            line = cookies.line_of(found, near)
            yield cls("Cookie", f"{found.kind} {found.name} {found.value}", line)

    @classmethod
    def idle(cls, filename: str) -> Iterator[Fault]:
        """Yield the fault that a line of a file does nothing, however it runs."""
        if found := expressions.uncalled(filename) or expressions.idle(filename):
            line = line_at(filename, found.lineno)
            yield cls(
                "Idle",
                type(found.value).__name__,
                line,
                words={"written": expressions.short(found.value)},
            )

    @classmethod
    def came(cls, error: BaseException) -> Iterator[Fault]:
        """Yield the fault that such an exception came at all, where nothing is known of it."""
        text = without_addresses(exception_text(error)).partition("\n")[0][:200].rstrip(".")
        for line in lines_inside(error)[-1:]:
            yield cls("Raised", f"{type(error).__name__} {text}", line, raised=True)

    @classmethod
    def served(cls, half: Half, compared: Comparison) -> Iterator[Fault]:
        """Yield what the router or an error of the server's has answered, or a stub."""
        came = compared.actual
        place = place_of(half.maker) or half.match.place
        raised = half.raised if half.raised is half.answer else None
        if raised and raised.__cause__ and came == half.status == SERVER_ERROR:
            yield cls.of(raised.__cause__, place, half.failed_calls)
        elif raised and came == half.status == SERVER_ERROR:
            yield cls("Server error", raised.text or "", place)
        elif half.caught and came == half.status == SERVER_ERROR:
            yield from cls.made_500(half)
        elif came == half.match.status and came in {404, 405} and not _refusal(compared.expected):
            kind = f"No route {came}" if half.match.nearest else "No routes"
            path = half.target.partition("?")[0]
            nearest = ", ".join(f"`{name}`" for name in half.match.nearest)
            if half.match.why:
                yield cls(*half.match.why)
            yield cls(kind, f"{half.method} {path} {nearest}")
        elif came == 501 and isinstance(came, int):
            lines = lines_inside(raised) if raised else ()
            line = lines[-1] if lines else clues.line_inside(half.maker, "501") or place
            yield cls("Stub", (line and line.function) or half.match.handler or "", line)

    @classmethod
    def answered(cls, half: Half, compared: Comparison, words: str) -> Iterator[Fault]:
        """Yield the fault that an answer shows which came about without any error.

        `words` are what the suite itself says of it; of a content type it knows more.
        """
        came, wanted = compared.actual, compared.expected
        place = half.given or place_of(half.maker) or half.match.place
        raised = half.raised if half.raised is not half.answer else None
        if raised and came != wanted == raised.status and came == half.status:
            maker = getattr(half.maker, "__name__", "")
            yield cls("Status", f"{maker} {type(raised).__name__} {raised.status} {came}", place)
        elif half.raised and not raised and came == half.status != wanted == SEE_OTHER:
            lines = lines_inside(half.raised)
            name = type(half.raised).__name__
            yield cls("Redirect", f"{name} {came}", lines[-1] if lines else place)
        elif isinstance(came, str) and isinstance(wanted, str) and TYPE.match(f"{came} {wanted}"):
            if raised and came == raised.content_type:
                yield cls("Content type kept", f"{came} {wanted}", place)
            elif words:
                return
            elif isinstance(half.answer, web.HTTPException):
                yield cls("Content type of fault", f"{came} {wanted}")
            else:
                yield cls("Content type", f"{came} {wanted}", place)


def _refusal(wanted: object) -> bool:
    """Say whether a server error is wanted, such as 503: that comes from no route."""
    return isinstance(wanted, int) and wanted >= SERVER_ERROR
