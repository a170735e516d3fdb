"""From a wrong answer to the learner's line that made it, and from a wrong value to its `return`.

This is for what nobody knows better: neither an error, nor the suite, nor the catalogue. It says
only what was seen: who made the answer, on which line, under which condition.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from http import HTTPStatus
from itertools import zip_longest

from aiohttp import web

from workshop.recorder.call_trace import Trail
from workshop.recorder.conditions import Condition, condition
from workshop.recorder.exchanges import marks
from workshop.recorder.server_record import Half
from workshop.recorder.tracebacks import lines_inside
from workshop.report import FROM_COURSE, Advice, Message
from workshop.report.comparison import Comparison, differing_span, exception_text, represent

KEY = "seen"
"""The key of advice that comes from what was seen alone."""
SHORT = 60
"""Characters of a value that a sentence quotes."""
GONE = 404
SAFE = {"GET", "HEAD", "OPTIONS"}
"""Methods that change nothing."""
HEADER = re.compile(r"""\.headers(?:\.get(?:all)?\(|\[)\s*["']([\w-]+)["']""")
"""A header that a line of a suite takes out of an answer."""
CLASSES = {
    kind.status_code: name
    for name, kind in vars(web).items()
    if isinstance(kind, type) and issubclass(kind, web.HTTPException) and kind.status_code > 0
}
"""Names of the HTTP exceptions by their status."""
CLASSES |= {404: "HTTPNotFound", 302: "HTTPFound", 303: "HTTPSeeOther"}


def of_answers(
    served: Sequence[tuple[Message | None, Half]], compared: Comparison, claim: str
) -> Advice | None:
    """Return what is seen of the answer whose value was compared, or None.

    `served` are the check's own requests, each with the answer that came over the wire; `claim` is
    the line of the suite that compares.
    """
    halves = [half for _, half in served]
    if found := of_statuses(halves, compared):
        return found
    for at in range(len(served), 0, -1):
        answer = served[at - 1][0]
        if answer and any(marks(answer, compared)):
            return _of_last(halves[:at], compared, True, claim)
    return _of_last(halves, compared, False, claim) if halves else None


def _of_last(
    halves: Sequence[Half], compared: Comparison, marked: bool, claim: str
) -> Advice | None:
    """Return what is seen of the last answer; `marked` says whether it has what came."""
    half = halves[-1]
    line = half.made
    if line is None or half.status is None or line.file.startswith(FROM_COURSE):
        return None
    came, wanted = compared.actual, compared.expected
    is_status = _is_status(came) and came == half.status
    if _may_show_another(halves) and (not is_status or GONE in {came, wanted}):
        return None  # it may show what was stored, and be right
    if is_status:
        action = _status(half, compared)
        return Advice(KEY, _who(half, f"answered {half.status}"), action, line) if action else None
    if isinstance(wanted, str) and compared.operator == "in" and "headers" in claim:
        action = f"Give the answer of this line a header `{wanted}`: `headers={{…}}`."
        return Advice(KEY, _who(half, f"made an answer without `{wanted}`"), action, line)
    if (name := HEADER.search(claim)) and compared.operator == "==":
        return _header(half, compared, name[1])
    if marked and (action := _part(half, compared)):
        return Advice(KEY, _who(half, "made this answer"), action, line)
    return None


def _may_show_another(halves: Sequence[Half]) -> bool:
    """Say whether the last answer only reads, after another handler has changed something."""
    last = halves[-1]
    changes = [half for half in halves[:-1] if half.method not in SAFE]
    return last.method in SAFE and any(h.match.function is not last.match.function for h in changes)


def of_statuses(halves: Sequence[Half], compared: Comparison) -> Advice | None:
    """Return what is seen of the first wrong one of several answers, by their statuses."""
    came, wanted = compared.actual, compared.expected
    if not (isinstance(came, list) and isinstance(wanted, list) and came and wanted):
        return None
    last = halves[-len(came) :]
    if [half.status for half in last] != came:
        return None
    for at, (half, status) in enumerate(zip_longest(last, wanted)):
        if half and status is not None and half.status != status and half.made:
            action = _status(half, Comparison("==", half.status, status))
            number = f"request {at + 1} of {len(came)} got {half.status}"
            return Advice(KEY, _who(half, f"made the answer: {number}"), action, half.made)
    return None


def of_return(trail: Trail, compared: Comparison) -> Advice | None:
    """Return what is seen of a value that a `return` gave and a suite compared, or None."""
    step = trail.giving(compared.actual)
    line = step.line if step else None
    if step is None or line is None or (action := _value(compared)) == "":
        return None
    because = _because(condition(line))
    sentence = f"`{step.function}()` gave this value on line {line.number}{because}."
    return Advice(KEY, sentence, action, line)


def of_error(error: BaseException) -> Advice | None:
    """Return what is seen of an error that left the learner's code, which nobody knows; or None."""
    lines = lines_inside(error)
    line = lines[-1] if lines else None
    if line is None:
        return None
    kind = type(error).__name__
    if any(line.function == "<module>" for line in lines):
        sentence = f"The file cannot be run to its end: line {line.number} raises {kind}."
        action = "Mend this line first: each check begins by running the whole file."
    else:
        sentence = (
            f"`{line.function}()` raises {kind} on line {line.number}, and nobody catches it."
        )
        action = (
            "Look at what this line has in its hands: a `print(…)` above it is shown in the report."
        )
    return Advice(KEY, sentence, action, line)


def _who(half: Half, did: str) -> str:
    """Return a sentence: who made an answer, on which line, under which condition."""
    line = half.made
    assert line is not None
    raised = half.fault
    if raised is None:
        return f"`{line.function}()` {did} on line {line.number}{_because(condition(line))}."
    name = f"web.{type(raised).__name__}"
    cause = raised.__cause__ or raised.__context__
    after = f", after {type(cause).__name__}: {exception_text(cause)[:SHORT]}" if cause else ""
    return (
        f"`{line.function}()` raised `{name}`, a {raised.status}, on line {line.number}"
        f"{_because(condition(line))}{after}."
    )


def _because(found: Condition | None) -> str:
    return f", {found.words}" if found else ""


def _is_status(came: object) -> bool:
    return isinstance(came, int) and not isinstance(came, bool)


def _status(half: Half, compared: Comparison) -> str:
    """Return what to do about a status, "" where the comparison does not say which was wanted."""
    asked = f"{half.method} {half.target[:SHORT]}"
    came, wanted = half.status or 0, compared.expected
    if compared.operator == "one of":
        return (
            f"For {asked} one of {represent(wanted)} is asked for. Look at what leads to this line."
        )
    if compared.operator != "==" or not isinstance(wanted, int):
        return ""
    name = f"`raise web.{CLASSES[wanted]}(…)`" if wanted in CLASSES else f"`status={wanted}`"
    if wanted < 400 <= came:
        if _of_nothing(half):
            return (
                "An empty text was read as JSON. Was the body read before this? It comes once:"
                " `request.json()` keeps it, `request.content` does not."
            )
        found = condition(half.made) if half.made else None
        look = f"`{found.line.code}`" if found else "what leads to this line"
        return f"{asked} is to be answered with {wanted}, not refused here. Look at {look}."
    if wanted == HTTPStatus.METHOD_NOT_ALLOWED and came < wanted:
        return f"{asked} is to be refused with {wanted}: let the route take other methods only."
    if wanted >= 400 > came:
        return f"{asked} is to be refused with {wanted}, not answered: {name} before that."
    if wanted >= 400:
        return f"{asked} is to be refused with {wanted}: {name} in its place, or before it."
    if 300 <= wanted < 400:
        return f"{asked} is to be answered with {wanted}: {name} instead."
    status = "no other status" if wanted == HTTPStatus.OK else f"`status={wanted}`"
    return f"{asked} is to be answered with {wanted}: give the answer {status}."


def _of_nothing(half: Half) -> bool:
    """Say whether the answer was raised because an empty text is no JSON."""
    cause = half.fault and (half.fault.__cause__ or half.fault.__context__)
    return isinstance(cause, json.JSONDecodeError) and not cause.doc.strip()


def _header(half: Half, compared: Comparison, name: str) -> Advice | None:
    came, wanted = compared.actual, represent(compared.expected)
    if len(wanted) > SHORT or compared.expected is None:
        return None
    did = "another" if came is not None else "no"
    action = (
        f'For {half.method} {half.target[:SHORT]} it is to be `headers={{"{name}": {wanted}}}`.'
    )
    return Advice(KEY, _who(half, f"made an answer with {did} header `{name}`"), action, half.made)


def _part(half: Half, compared: Comparison) -> str:
    """Return what to change in the body of an answer, "" where that cannot be said."""
    action = _value(compared)
    return f"For {half.method} {half.target[:SHORT]}: {action}" if action else ""


def _value(compared: Comparison) -> str:
    """Return what to change in a value, "" where that cannot be said in a sentence."""
    came, wanted = compared.actual, compared.expected
    if compared.operator in {"in", "not in"}:
        must = "must" if compared.operator == "in" else "must not"
        return f"{represent(wanted)[:SHORT]} {must} stand in it."
    if compared.operator != "==":
        return ""
    found = compared.difference()
    if found.parts:
        part = found.parts[0]
        return _changed(f"at `{part.where}`", part.came, part.wanted)
    if isinstance(came, str) and isinstance(wanted, str) and max(len(came), len(wanted)) > SHORT:
        start, came_end, wanted_end = differing_span(came, wanted)
        return _changed(
            "there", represent(came[start:came_end]), represent(wanted[start:wanted_end])
        )
    return _changed("there", found.came, found.wanted)


def _changed(where: str, came: str | None, wanted: str | None) -> str:
    """Return what to write in place of what; None for nothing."""
    if max(len(came or ""), len(wanted or "")) > SHORT or {came, wanted} & {'""'}:
        return ""
    if wanted is None:
        return f"nothing is asked for {where}, and {came} came."
    if came is None:
        return f"{wanted} is asked for {where}, and nothing came."
    return f"{wanted} is asked for {where}, not {came}."
