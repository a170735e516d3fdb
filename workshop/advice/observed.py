"""Advice from the record alone: the line that made a wrong answer, the `return` of a wrong value.

It is given where neither an error, nor the suite, nor the catalogue explains a failure. It says
which function made the answer, on which line, under which condition.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from http import HTTPStatus
from itertools import zip_longest

from aiohttp import web

from workshop.recorder.call_trace import CallTrace
from workshop.recorder.conditions import Condition, enclosing_condition
from workshop.recorder.exchanges import marks
from workshop.recorder.server_record import ServerRecord
from workshop.recorder.tracebacks import lines_inside
from workshop.report import FROM_COURSE, Advice, Message
from workshop.report.comparison import Comparison, differing_span, exception_text, represent

KEY = "seen"
"""The key of advice that comes from the record alone."""
QUOTED = 60
"""Characters of a value that a sentence quotes."""
NOT_FOUND = 404
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
"""Methods that change nothing."""
HEADER_ACCESS = re.compile(r"""\.headers(?:\.get(?:all)?\(|\[)\s*["']([\w-]+)["']""")
"""A header that a line of a suite takes out of an answer."""
EXCEPTIONS = {
    kind.status_code: name
    for name, kind in vars(web).items()
    if isinstance(kind, type) and issubclass(kind, web.HTTPException) and kind.status_code > 0
}
"""The class names of the HTTP exceptions by their status."""
EXCEPTIONS |= {404: "HTTPNotFound", 302: "HTTPFound", 303: "HTTPSeeOther"}


def advice_on_answers(
    served: Sequence[tuple[Message | None, ServerRecord]], compared: Comparison, claim: str
) -> Advice | None:
    """Return advice on the answer whose value was compared, or None.

    `served` are the check's own requests, each with the answer that came over the wire; `claim` is
    the line of the suite that compares.
    """
    records = [record for _, record in served]
    if found := _advice_on_statuses(records, compared):
        return found
    for at in range(len(served), 0, -1):
        answer = served[at - 1][0]
        if answer and any(marks(answer, compared)):
            return _advice_on_last(records[:at], compared, True, claim)
    return _advice_on_last(records, compared, False, claim) if records else None


def _advice_on_last(
    records: Sequence[ServerRecord], compared: Comparison, has_actual: bool, claim: str
) -> Advice | None:
    """Return advice on the last answer; `has_actual` says whether it contains the actual value."""
    record = records[-1]
    line = record.answer_line
    if line is None or record.status is None or line.file.startswith(FROM_COURSE):
        return None
    actual, expected = compared.actual, compared.expected
    is_status = _is_status(actual) and actual == record.status
    if _may_show_another(records) and (not is_status or NOT_FOUND in {actual, expected}):
        return None  # it may show what was stored, and be right
    if is_status:
        action = _status_action(record, compared)
        sentence = _sentence(record, f"answered {record.status}")
        return Advice(KEY, sentence, action, line) if action else None
    if isinstance(expected, str) and compared.operator == "in" and "headers" in claim:
        action = f"Give the answer of this line a header `{expected}`: `headers={{…}}`."
        return Advice(KEY, _sentence(record, f"made an answer without `{expected}`"), action, line)
    if (name := HEADER_ACCESS.search(claim)) and compared.operator == "==":
        return _advice_on_header(record, compared, name[1])
    if has_actual and (action := _body_action(record, compared)):
        return Advice(KEY, _sentence(record, "made this answer"), action, line)
    return None


def _may_show_another(records: Sequence[ServerRecord]) -> bool:
    """Say whether the last answer only reads, after another handler has changed something."""
    last = records[-1]
    changes = [record for record in records[:-1] if record.method not in SAFE_METHODS]
    others = [record for record in changes if record.match.function is not last.match.function]
    return last.method in SAFE_METHODS and bool(others)


def _advice_on_statuses(records: Sequence[ServerRecord], compared: Comparison) -> Advice | None:
    """Return advice on the first of several answers that has a wrong status, or None."""
    actual, expected = compared.actual, compared.expected
    if not (isinstance(actual, list) and isinstance(expected, list) and actual and expected):
        return None
    last = records[-len(actual) :]
    if [record.status for record in last] != actual:
        return None
    for at, (record, status) in enumerate(zip_longest(last, expected)):
        if record and status is not None and record.status != status and record.answer_line:
            action = _status_action(record, Comparison("==", record.status, status))
            number = f"request {at + 1} of {len(actual)} got {record.status}"
            sentence = _sentence(record, f"made the answer: {number}")
            return Advice(KEY, sentence, action, record.answer_line)
    return None


def advice_on_return_value(trail: CallTrace, compared: Comparison) -> Advice | None:
    """Return advice on a value that a `return` gave and a suite compared, or None."""
    step = trail.returning(compared.actual)
    line = step.line if step else None
    if step is None or line is None or (action := _value_action(compared)) == "":
        return None
    because = _condition_text(enclosing_condition(line))
    sentence = f"`{step.function}()` gave this value on line {line.number}{because}."
    return Advice(KEY, sentence, action, line)


def advice_on_uncaught_error(error: BaseException) -> Advice | None:
    """Return advice on an exception that left the learner's code, or None."""
    lines = lines_inside(error)
    line = lines[-1] if lines else None
    if line is None:
        return None
    kind = type(error).__name__
    if any(line.function == "<module>" for line in lines):
        sentence = f"The file cannot be run to its end: line {line.number} raises {kind}."
        action = "Mend this line first: each check begins by running the whole file."
    else:
        raises = f"`{line.function}()` raises {kind} on line {line.number}"
        sentence = f"{raises}, and nobody catches it."
        action = "Look at what this line has in its hands:"
        action += " a `print(…)` above it is shown in the report."
    return Advice(KEY, sentence, action, line)


def _sentence(record: ServerRecord, did: str) -> str:
    """Return a sentence: who made an answer, on which line, under which condition."""
    line = record.answer_line
    assert line is not None
    raised = record.http_exception
    if raised is None:
        because = _condition_text(enclosing_condition(line))
        return f"`{line.function}()` {did} on line {line.number}{because}."
    name = f"web.{type(raised).__name__}"
    cause = raised.__cause__ or raised.__context__
    after = f", after {type(cause).__name__}: {exception_text(cause)[:QUOTED]}" if cause else ""
    return (
        f"`{line.function}()` raised `{name}`, a {raised.status}, on line {line.number}"
        f"{_condition_text(enclosing_condition(line))}{after}."
    )


def _condition_text(found: Condition | None) -> str:
    return f", {found.words}" if found else ""


def _is_status(actual: object) -> bool:
    return isinstance(actual, int) and not isinstance(actual, bool)


def _status_action(record: ServerRecord, compared: Comparison) -> str:
    """Return what to do about a status, "" where the comparison names no expected one."""
    asked = f"{record.method} {record.target[:QUOTED]}"
    actual, expected = record.status or 0, compared.expected
    if compared.operator == "one of":
        values = represent(expected)
        return f"For {asked} one of {values} is asked for. Look at what leads to this line."
    if compared.operator != "==" or not isinstance(expected, int):
        return ""
    exception = EXCEPTIONS.get(expected)
    name = f"`raise web.{exception}(…)`" if exception else f"`status={expected}`"
    if expected < 400 <= actual:
        if _read_empty_json(record):
            return (
                "An empty text was read as JSON. Was the body read before this? It comes once:"
                " `request.json()` keeps it, `request.content` does not."
            )
        found = enclosing_condition(record.answer_line) if record.answer_line else None
        look = f"`{found.line.code}`" if found else "what leads to this line"
        return f"{asked} is to be answered with {expected}, not refused here. Look at {look}."
    if expected == HTTPStatus.METHOD_NOT_ALLOWED and actual < expected:
        return f"{asked} is to be refused with {expected}: let the route take other methods only."
    if expected >= 400 > actual:
        return f"{asked} is to be refused with {expected}, not answered: {name} before that."
    if expected >= 400:
        return f"{asked} is to be refused with {expected}: {name} in its place, or before it."
    if 300 <= expected < 400:
        return f"{asked} is to be answered with {expected}: {name} instead."
    status = "no other status" if expected == HTTPStatus.OK else f"`status={expected}`"
    return f"{asked} is to be answered with {expected}: give the answer {status}."


def _read_empty_json(record: ServerRecord) -> bool:
    """Say whether the answer was raised because an empty text is no JSON."""
    raised = record.http_exception
    cause = raised and (raised.__cause__ or raised.__context__)
    return isinstance(cause, json.JSONDecodeError) and not cause.doc.strip()


def _advice_on_header(record: ServerRecord, compared: Comparison, name: str) -> Advice | None:
    actual, expected = compared.actual, represent(compared.expected)
    if len(expected) > QUOTED or compared.expected is None:
        return None
    did = "another" if actual is not None else "no"
    header = f'`headers={{"{name}": {expected}}}`'
    action = f"For {record.method} {record.target[:QUOTED]} it is to be {header}."
    sentence = _sentence(record, f"made an answer with {did} header `{name}`")
    return Advice(KEY, sentence, action, record.answer_line)


def _body_action(record: ServerRecord, compared: Comparison) -> str:
    """Return what to change in the body of an answer, "" where that cannot be said."""
    action = _value_action(compared)
    return f"For {record.method} {record.target[:QUOTED]}: {action}" if action else ""


def _value_action(compared: Comparison) -> str:
    """Return what to change in a value, "" where that cannot be said in a sentence."""
    actual, expected = compared.actual, compared.expected
    if compared.operator in {"in", "not in"}:
        must = "must" if compared.operator == "in" else "must not"
        return f"{represent(expected)[:QUOTED]} {must} stand in it."
    if compared.operator != "==":
        return ""
    found = compared.difference()
    if found.parts:
        part = found.parts[0]
        return _changed(f"at `{part.where}`", part.came, part.wanted)
    shown = found.came, found.wanted
    if not (isinstance(actual, str) and isinstance(expected, str)):
        return _changed("there", *shown)
    if max(len(actual), len(expected)) > QUOTED:
        start, actual_end, expected_end = differing_span(actual, expected)
        shown = represent(actual[start:actual_end]), represent(expected[start:expected_end])
    return _changed("there", *shown)


def _changed(where: str, actual: str | None, expected: str | None) -> str:
    """Return a sentence that compares two represented values; None stands for no value."""
    if max(len(actual or ""), len(expected or "")) > QUOTED or {actual, expected} & {'""'}:
        return ""
    if expected is None:
        return f"nothing is asked for {where}, and {actual} came."
    if actual is None:
        return f"{expected} is asked for {where}, and nothing came."
    return f"{expected} is asked for {where}, not {actual}."
