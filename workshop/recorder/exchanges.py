"""Both halves of HTTP exchanges put together, with the differing part marked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from workshop.recorder.client_trace import Draft
from workshop.recorder.server_record import Half
from workshop.report import EXCHANGES_LIMIT, Exchange, Mark, Message, binary
from workshop.report.comparison import Comparison, differing_span
from workshop.report.curl import curl

SHORT = 2
"""Characters that a text must have to be looked for inside a body."""


def exchanges(
    drafts: Sequence[Draft],
    halves: Sequence[Half],
    compared: Comparison | None = None,
    message: str = "",
) -> tuple[Exchange, ...]:
    """Return what went over the wire, oldest first.

    The differing part is marked in the last exchange of the check's own that has it. Where nothing
    was compared, the status is marked of the refusal that the check's message names.
    """
    found = [_exchange(draft, half) for draft, half in pairs(drafts, halves)]
    if compared:
        for at in reversed(range(len(found))):
            answer = found[at].response
            if answer and not found[at].inner and (parts := tuple(marks(answer, compared))):
                found[at] = replace(found[at], marks=parts)
                break
    elif (refused := _named(found, message)) is not None:
        found[refused] = replace(found[refused], marks=(Mark("status"),))
    return tuple(found[-EXCHANGES_LIMIT:])


def _named(found: Sequence[Exchange], message: str) -> int | None:
    """Return which exchange is the last refusal whose status and end of path a message names."""
    words = set(re.findall(r"\w+", message))
    for at in reversed(range(len(found))):
        answer = found[at].response
        status = answer.start.split()[1] if answer else ""
        end = found[at].request.start.split()[1].partition("?")[0].rpartition("/")[2]
        if not found[at].inner and status >= "400" and {status, end} <= words:
            return at
    return None


def pairs(drafts: Sequence[Draft], halves: Sequence[Half]) -> list[tuple[Draft, Half | None]]:
    """Return each request with what the server did with it, if it was the learner's."""
    left = list(halves)
    found: list[tuple[Draft, Half | None]] = []
    for draft in drafts:
        asked = (draft.method, draft.target)
        half = next((half for half in left if (half.method, half.target) == asked), None)
        if half:
            left.remove(half)
        found.append((draft, half))
    return found


def _exchange(draft: Draft, half: Half | None) -> Exchange:
    request = draft.request()
    cut = draft.sent_size > len(draft.sent)
    whole = binary.is_wholly_binary(draft.sent)
    body = binary.file_name(bytes(draft.sent)) if whole else request.body
    return Exchange(
        request,
        draft.answer(),
        half.done() if half else None,
        curl(draft.method, draft.target, draft.headers, body, cut=cut, file=whole),
        frames=tuple(draft.frames[-EXCHANGES_LIMIT:]),
        inner=draft.inner,
    )


def marks(answer: Message, compared: Comparison) -> Iterator[Mark]:
    """Yield where the value that a comparison found wrong stands in an answer."""
    actual, expected = compared.actual, compared.expected
    if isinstance(actual, bytes) and binary.is_binary(actual):
        if answer.size == len(actual):
            yield Mark("body")
        return
    if isinstance(actual, bytes):
        actual = actual.decode("utf-8", "backslashreplace")
    if isinstance(expected, bytes):
        expected = expected.decode("utf-8", "backslashreplace")
    if isinstance(actual, int) and str(int(actual)) == answer.start.split(" ")[1]:
        yield Mark("status")
    elif isinstance(actual, str):
        yield from islice(_text(answer, actual, expected, compared.operator), 1)
    elif answer.body and (data := _json(answer.body)) is not None:
        yield from islice(_data(answer.body, data, actual, expected), 1)


def _text(answer: Message, actual: str, expected: object, operator: str) -> Iterator[Mark]:
    """Yield a mark for a text: a header, the body, a part of it or a string in its JSON."""
    for name, value in answer.headers:
        if actual and actual in {value, value.partition(";")[0].strip()}:
            yield Mark(name)
    if operator == "not in" and isinstance(expected, str) and expected and actual in answer.body:
        at = answer.body.index(expected)
        yield Mark("body", at, at + len(expected))
    at = answer.body.find(actual) if actual == answer.body or len(actual) >= SHORT else -1
    if (
        operator == "=="
        and isinstance(expected, str)
        and at >= 0
        and answer.body.count(actual) == 1
    ):
        start, end, _ = differing_span(actual, expected)
        start, end = (start, end) if start < end else (0, len(actual))
        yield Mark("body", at + start, at + end)
    if operator == "==" and (data := _json(answer.body)) is not None:
        yield from _data(answer.body, data, actual, expected)


def _data(body: str, data: Any, actual: object, expected: object) -> Iterator[Mark]:
    """Yield a mark for the value in a JSON body that is not as wanted."""
    if data == actual and isinstance(actual, dict | list):
        yield from _inside(body, actual, expected)
        yield Mark("body")
    found = [key for key, value in _leaves(data) if value == actual and type(value) is type(actual)]
    if len(found) == 1:
        yield from _place(body, found[0], actual)


def _inside(body: str, actual: Any, expected: Any) -> Iterator[Mark]:
    """Yield a mark for each value of a structure that differs from the one wanted."""
    if isinstance(actual, dict) and isinstance(expected, dict):
        for key, value in actual.items():
            if key not in expected or value != expected[key]:
                yield from _inside(body, value, expected.get(key))
                yield from _place(body, key, value)
    elif isinstance(actual, list) and isinstance(expected, list):
        for value, right in zip(actual, expected, strict=False):
            if value != right:
                yield from _inside(body, value, right)


def _leaves(data: Any, key: str | None = None) -> Iterator[tuple[str | None, object]]:
    """Yield every value below a structure, with the key that it stands under."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _leaves(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from _leaves(value, key)
    else:
        yield key, data


def _place(body: str, key: str | None, value: object) -> Iterator[Mark]:
    """Yield a mark for a value under its key, if it stands in the body just once."""
    spellings = {json.dumps(value), json.dumps(value, ensure_ascii=False)}
    values = "|".join(re.escape(spelling) for spelling in spellings)
    before = rf"{re.escape(json.dumps(key))}\s*:[^:]*?" if key is not None else ""
    found = list(re.finditer(f"{before}({values})", body))
    if len(found) == 1:
        yield Mark("body", *found[0].span(1))


def _json(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None
