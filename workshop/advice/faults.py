"""Faults: everything that went wrong in a check, in the form that the catalogue matches."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import CoroutineType, FunctionType
from typing import Any

from aiohttp import ClientResponseError, web

from workshop.advice import clues, cookies, jinja
from workshop.advice.classify import COROUTINE_KINDS, COROUTINE_PATTERN, classify, pasted_text
from workshop.advice.suggestions import suggest
from workshop.recorder import expressions
from workshop.recorder.client_trace import SentRequest
from workshop.recorder.server_record import FailedCall, ReturnedValue, ServerRecord
from workshop.recorder.tracebacks import creation_lines, definition_line, line_at, lines_inside
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


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that went wrong: a kind, mostly the class name of an exception, and a text."""

    kind: str
    text: str
    line: Line | None = None
    """The learner's line that caused it."""
    suggestion: str = ""
    """A sentence about what was probably meant; "" for none."""
    raised: bool = False
    """Whether `line` itself was running; False where it only begins a function that was called."""
    in_library: bool = False
    """Whether something that `line` called raised it, not `line` itself."""
    words: Mapping[str, str] = field(default_factory=dict, compare=False)
    """The parts of the line, by the names of `recorder.expressions.words`."""

    @classmethod
    def from_exception(
        cls, error: BaseException, place: Line | None = None, calls: Iterable[FailedCall] = ()
    ) -> Fault:
        """Return the fault that an exception is.

        `place` is the line for an exception without a line of the learner's; `calls` are the failed
        calls of the check, one of which may have raised the exception.
        """
        error = clues.root_error(error)
        call = next((call for call in calls if call.error is error), None)
        if isinstance(error, SyntaxError) and (found := pasted_text(error)):
            line = line_at(error.filename or "", found.line_number)
            return cls("Pasted", f"{found.kind} {found.text}", line, raised=True)
        kind, text = classify(error, call)
        if kind in COROUTINE_KINDS and (early := next(cls.used_as_value(error, text), None)):
            return early
        lines = lines_inside(error)
        by_handed = isinstance(error, Warning) or not lines
        handed = clues.handed_function(error, call) if by_handed else None
        if spot := jinja.template_line_of(error):
            handed, lines = jinja.file_line_of(spot, lines[-1] if lines else place), ()
        line = handed or (lines[-1] if lines else place)
        raised = bool(lines) and handed is None
        in_library = clues.raised_in_library(error, line)
        words = expressions.quoted_parts(error) if raised else {}
        return cls(kind, text, line, suggest(error), raised, in_library, words)

    @classmethod
    def unawaited(cls, coroutine: CoroutineType[Any, Any, Any], place: Line | None = None) -> Fault:
        """Return the fault that nobody awaits a coroutine; `place` is the line if it has none."""
        made = list(creation_lines(coroutine))
        return cls("Forgotten", coroutine.__name__, made[-1] if made else place)

    @classmethod
    def used_as_value(cls, error: BaseException, text: str = "") -> Iterator[Fault]:
        """Yield the faults of a line that uses a coroutine or an HTTP exception as a value.

        `text` is the text of the error; "" for an error that was meant to be raised.
        """
        searched = not text or COROUTINE_PATTERN.search(text)
        if searched and (coroutine := clues.unawaited_coroutine(error)):
            yield cls.unawaited(coroutine)
        if found := clues.unraised_http_exception(error):
            yield cls("Unraised", *found)

    @classmethod
    def not_a_response(cls, returned: ReturnedValue, function: object = None) -> Fault:
        """Return the fault that a handler or middleware, `function`, returned no response."""
        lines = tuple(creation_lines(returned.value)) or (returned.line,)
        thing = returned.value
        if isinstance(thing, type) or inspect.iscoroutine(thing) or inspect.isroutine(thing):
            what = thing.__qualname__
        elif returned.kind == "HTTPException":
            what = type(thing).__name__
        else:
            what = without_addresses(represent(thing))[:60]
        known = function.__globals__ if has_type(function, FunctionType) else {}
        meant = TEMPLATE if returned.kind == "dict" and "aiohttp_jinja2" in known else ""
        return cls("Returned", f"{returned.kind} {returned.name} {what}", lines[-1], meant)

    @classmethod
    def sent_twice(cls, record: ServerRecord) -> Fault:
        """Return the fault that a handler answered with a response that had been sent before."""
        names = clues.global_names_of(record.answer, record.match.function)
        raised = "raised" if record.answer is record.raised else "answered"
        _, line = next(names, ("", None))
        who = getattr(record.maker, "__name__", None) or record.match.handler or "the handler"
        kind = type(record.answer).__name__
        return cls("Sent before", f"{raised} {who} {kind}", line or record.match.line)

    @classmethod
    def unhandled(cls, record: ServerRecord) -> Fault:
        """Return the fault that an exception left a handler, or was answered with a 500."""
        error = record.error or record.caught
        lines = lines_inside(error) if error else ()
        if error and (spot := jinja.template_line_of(error)):
            line = jinja.file_line_of(spot, lines[-1] if lines else record.match.line)
            text = f"`{spot.name}`, line {spot.number}: {record.server_half().error}"
            return cls("Template error", text, line)
        who = lines[-1].function if lines else record.match.handler
        kind = "Unhandled" if record.error else "Made a 500"
        return cls(kind, f"{who} {record.server_half().error}", lines[-1] if lines else None)

    @classmethod
    def logged_as_500(cls, record: ServerRecord) -> Iterator[Fault]:
        """Yield the faults of an exception that a middleware logged and answered with a 500."""
        error = None if isinstance(record.caught, web.HTTPException) else record.caught
        if error and record.status == SERVER_ERROR and lines_inside(error):
            yield cls.from_exception(error, record.match.line, record.failed_calls)
            yield cls.unhandled(record)

    @classmethod
    def of_comparison(cls, compared: Comparison, lines: Iterable[Line]) -> Iterator[Fault]:
        """Yield the faults of a compared value: a coroutine, a function, a task; a content type."""
        line = next(reversed([*lines]), None)
        for value in (*clues.nested_values(compared.actual), compared.expected):
            whole = value is compared.actual or value is compared.expected
            among = "What came is" if whole else "Among what came is"
            if inspect.iscoroutine(value):
                yield cls.unawaited(value, line)
            elif inspect.isroutine(value):
                yield cls("Not called", value.__name__, line)
            elif kind := clues.pending_kind(value):
                yield cls("Unfinished", f"{kind} {among}", line)
        for part in differing_parts(compared.actual, compared.expected):
            types = f"{part.came} {part.wanted}".replace('"', "")
            if part.came and part.wanted and TYPE.match(types):
                yield cls("Content type sent", types, line)

    @classmethod
    def caught_by_suite(cls, error: BaseException) -> Iterator[Fault]:
        """Yield the fault of an exception that a suite caught, and compared with another."""
        fault = cls.from_exception(error)
        refused = type(error) is ClientResponseError
        yield replace(fault, kind="Refused") if refused else fault

    @classmethod
    def lost_cookie(
        cls, drafts: Sequence[SentRequest], records: Sequence[ServerRecord]
    ) -> Iterator[Fault]:
        """Yield the fault that the last request has no cookie although one was set before."""
        if found := cookies.find_lost_cookie(drafts):
            near = records[-1].match.line if records else None
            line = cookies.attribute_line(found, near)
            yield cls("Cookie", f"{found.kind} {found.name} {found.value}", line)

    @classmethod
    def without_effect(cls, filename: str) -> Iterator[Fault]:
        """Yield the fault that a line of a file has no effect."""
        if found := expressions.uncalled_method(filename) or expressions.idle_statement(filename):
            line = line_at(filename, found.lineno)
            words = {"written": expressions.shortened(found.value)}
            yield cls("Idle", type(found.value).__name__, line, words=words)

    @classmethod
    def raised_exception(cls, error: BaseException) -> Iterator[Fault]:
        """Yield the fault that an exception was raised at all, where nothing more is known."""
        text = without_addresses(exception_text(error)).partition("\n")[0][:200].rstrip(".")
        for line in lines_inside(error)[-1:]:
            yield cls("Raised", f"{type(error).__name__} {text}", line, raised=True)

    @classmethod
    def server_answer(cls, record: ServerRecord, compared: Comparison) -> Iterator[Fault]:
        """Yield the faults of an error answer that came from the router, a stub or an exception."""
        actual, expected = compared.actual, compared.expected
        refused = isinstance(expected, int) and expected >= SERVER_ERROR  # 503 comes from no route
        place = definition_line(record.maker) or record.match.line
        raised = record.raised if record.raised is record.answer else None
        if raised and raised.__cause__ and actual == record.status == SERVER_ERROR:
            yield cls.from_exception(raised.__cause__, place, record.failed_calls)
        elif raised and actual == record.status == SERVER_ERROR:
            yield cls("Server error", raised.text or "", place)
        elif record.caught and actual == record.status == SERVER_ERROR:
            yield from cls.logged_as_500(record)
        elif actual == record.match.status and actual in {404, 405} and not refused:
            kind = f"No route {actual}" if record.match.nearest else "No routes"
            path = record.target.partition("?")[0]
            nearest = ", ".join(f"`{name}`" for name in record.match.nearest)
            if record.match.reason:
                yield cls(*record.match.reason)
            yield cls(kind, f"{record.method} {path} {nearest}")
        elif actual == 501 and isinstance(actual, int):
            lines = lines_inside(raised) if raised else ()
            line = lines[-1] if lines else clues.find_line(record.maker, "501") or place
            yield cls("Stub", (line and line.function) or record.match.handler or "", line)

    @classmethod
    def wrong_answer(cls, record: ServerRecord, compared: Comparison, text: str) -> Iterator[Fault]:
        """Yield the fault of an answer with a wrong status or content type, made without an error.

        `text` is the suite's message; with one, nothing is said of a content type.
        """
        actual, expected = compared.actual, compared.expected
        texts = isinstance(actual, str) and isinstance(expected, str)
        place = record.return_line or definition_line(record.maker) or record.match.line
        raised = record.raised if record.raised is not record.answer else None
        if raised and actual != expected == raised.status and actual == record.status:
            maker = getattr(record.maker, "__name__", "")
            yield cls("Status", f"{maker} {type(raised).__name__} {raised.status} {actual}", place)
        elif record.raised and not raised and actual == record.status != expected == SEE_OTHER:
            lines = lines_inside(record.raised)
            name = type(record.raised).__name__
            yield cls("Redirect", f"{name} {actual}", lines[-1] if lines else place)
        elif texts and TYPE.match(f"{actual} {expected}"):
            if raised and actual == raised.content_type:
                yield cls("Content type kept", f"{actual} {expected}", place)
            elif text:
                return
            elif isinstance(record.answer, web.HTTPException):
                yield cls("Content type of fault", f"{actual} {expected}")
            else:
                yield cls("Content type", f"{actual} {expected}", place)
