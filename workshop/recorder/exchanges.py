"""HTTP exchanges of a report: client and server records in pairs, with the wrong part marked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from workshop.recorder.client_trace import SentRequest
from workshop.recorder.server_record import ServerRecord
from workshop.report import EXCHANGES_LIMIT, Exchange, Mark, Message, binary
from workshop.report.comparison import Comparison, differing_span
from workshop.report.curl import curl

SEARCHED_LENGTH = 2
"""Characters that a text must have to be searched inside a body."""


def exchanges(
    requests: Sequence[SentRequest],
    records: Sequence[ServerRecord],
    comparison: Comparison | None = None,
    message: str = "",
) -> tuple[Exchange, ...]:
    """Return what went over the wire, oldest first.

    The differing part is marked in the last exchange of the check's own that has it. Where nothing
    was compared, the status is marked of the refusal that the check's message names.
    """
    found = [_exchange(request, record) for request, record in paired(requests, records)]
    if comparison:
        for at in reversed(range(len(found))):
            response = found[at].response
            if response and not found[at].inner and (parts := tuple(marks(response, comparison))):
                found[at] = replace(found[at], marks=parts)
                break
    elif (refused := _named_refusal(found, message)) is not None:
        found[refused] = replace(found[refused], marks=(Mark("status"),))
    return tuple(found[-EXCHANGES_LIMIT:])


def _named_refusal(found: Sequence[Exchange], message: str) -> int | None:
    """Return which exchange is the last refusal whose status and end of path a message names."""
    words = set(re.findall(r"\w+", message))
    for at in reversed(range(len(found))):
        response = found[at].response
        status = response.start.split()[1] if response else ""
        end = found[at].request.start.split()[1].partition("?")[0].rpartition("/")[2]
        if not found[at].inner and status >= "400" and {status, end} <= words:
            return at
    return None


def paired(
    requests: Sequence[SentRequest], records: Sequence[ServerRecord]
) -> list[tuple[SentRequest, ServerRecord | None]]:
    """Return each request with what the server did with it, if it was the learner's."""
    left = list(records)
    found: list[tuple[SentRequest, ServerRecord | None]] = []
    for request in requests:
        start = (request.method, request.target)
        record = next((record for record in left if (record.method, record.target) == start), None)
        if record:
            left.remove(record)
        found.append((request, record))
    return found


def _exchange(sent: SentRequest, record: ServerRecord | None) -> Exchange:
    request = sent.request_message()
    cut = sent.body_size > len(sent.body)
    whole = binary.is_wholly_binary(sent.body)
    body = binary.file_name(bytes(sent.body)) if whole else request.body
    return Exchange(
        request,
        sent.response_message(),
        record.server_half() if record else None,
        curl(sent.method, sent.target, sent.headers, body, cut=cut, file=whole),
        frames=tuple(sent.frames[-EXCHANGES_LIMIT:]),
        inner=sent.inner,
    )


def marks(response: Message, comparison: Comparison) -> Iterator[Mark]:
    """Yield where the value that a comparison found wrong stands in an answer."""
    actual, expected = comparison.actual, comparison.expected
    if isinstance(actual, bytes) and binary.is_binary(actual):
        if response.size == len(actual):
            yield Mark("body")
        return
    if isinstance(actual, bytes):
        actual = actual.decode("utf-8", "backslashreplace")
    if isinstance(expected, bytes):
        expected = expected.decode("utf-8", "backslashreplace")
    if isinstance(actual, int) and str(int(actual)) == response.start.split(" ")[1]:
        yield Mark("status")
    elif isinstance(actual, str):
        yield from islice(_marks_of_text(response, actual, expected, comparison.operator), 1)
    elif response.body and (data := _parsed_json(response.body)) is not None:
        yield from islice(_marks_of_json(response.body, data, actual, expected), 1)


def _marks_of_text(
    response: Message, actual: str, expected: object, operator: str
) -> Iterator[Mark]:
    """Yield a mark for a text: a header, the body, a part of it or a string in its JSON."""
    for name, value in response.headers:
        if actual and actual in {value, value.partition(";")[0].strip()}:
            yield Mark(name)
    if operator == "not in" and isinstance(expected, str) and expected and actual in response.body:
        at = response.body.index(expected)
        yield Mark("body", at, at + len(expected))
    searched = actual == response.body or len(actual) >= SEARCHED_LENGTH
    at = response.body.find(actual) if searched and response.body.count(actual) == 1 else -1
    if operator == "==" and isinstance(expected, str) and at >= 0:
        start, end, _ = differing_span(actual, expected)
        start, end = (start, end) if start < end else (0, len(actual))
        yield Mark("body", at + start, at + end)
    if operator == "==" and (data := _parsed_json(response.body)) is not None:
        yield from _marks_of_json(response.body, data, actual, expected)


def _marks_of_json(body: str, data: Any, actual: object, expected: object) -> Iterator[Mark]:
    """Yield a mark for the value in a JSON body that is not as wanted."""
    if data == actual and isinstance(actual, dict | list):
        yield from _marks_inside(body, actual, expected)
        yield Mark("body")
    found = [key for key, value in _leaves(data) if value == actual and type(value) is type(actual)]
    if len(found) == 1:
        yield from _mark_of_value(body, found[0], actual)


def _marks_inside(body: str, actual: Any, expected: Any) -> Iterator[Mark]:
    """Yield a mark for each value of a structure that differs from the one wanted."""
    if isinstance(actual, dict) and isinstance(expected, dict):
        for key, value in actual.items():
            if key not in expected or value != expected[key]:
                yield from _marks_inside(body, value, expected.get(key))
                yield from _mark_of_value(body, key, value)
    elif isinstance(actual, list) and isinstance(expected, list):
        for value, right in zip(actual, expected, strict=False):
            if value != right:
                yield from _marks_inside(body, value, right)


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


def _mark_of_value(body: str, key: str | None, value: object) -> Iterator[Mark]:
    """Yield a mark for a value under its key, if it stands in the body just once."""
    spellings = {json.dumps(value), json.dumps(value, ensure_ascii=False)}
    values = "|".join(re.escape(spelling) for spelling in spellings)
    before = rf"{re.escape(json.dumps(key))}\s*:[^:]*?" if key is not None else ""
    found = list(re.finditer(f"{before}({values})", body))
    if len(found) == 1:
        yield Mark("body", *found[0].span(1))


def _parsed_json(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None
