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
from workshop.report.comparison import Comparison, unlike
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
    whole = binary.whole(draft.sent)
    body = binary.name(bytes(draft.sent)) if whole else request.body
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
    came, wanted = compared.came, compared.wanted
    if isinstance(came, bytes) and binary.binary(came):
        if answer.size == len(came):
            yield Mark("body")
        return
    if isinstance(came, bytes):
        came = came.decode("utf-8", "backslashreplace")
    if isinstance(wanted, bytes):
        wanted = wanted.decode("utf-8", "backslashreplace")
    if isinstance(came, int) and str(int(came)) == answer.start.split(" ")[1]:
        yield Mark("status")
    elif isinstance(came, str):
        yield from islice(_text(answer, came, wanted, compared.operator), 1)
    elif answer.body and (data := _json(answer.body)) is not None:
        yield from islice(_data(answer.body, data, came, wanted), 1)


def _text(answer: Message, came: str, wanted: object, operator: str) -> Iterator[Mark]:
    """Yield a mark for a text: a header, the body, a part of it or a string in its JSON."""
    for name, value in answer.headers:
        if came and came in {value, value.partition(";")[0].strip()}:
            yield Mark(name)
    if operator == "not in" and isinstance(wanted, str) and wanted and came in answer.body:
        at = answer.body.index(wanted)
        yield Mark("body", at, at + len(wanted))
    at = answer.body.find(came) if came == answer.body or len(came) >= SHORT else -1
    if operator == "==" and isinstance(wanted, str) and at >= 0 and answer.body.count(came) == 1:
        start, end, _ = unlike(came, wanted)
        start, end = (start, end) if start < end else (0, len(came))
        yield Mark("body", at + start, at + end)
    if operator == "==" and (data := _json(answer.body)) is not None:
        yield from _data(answer.body, data, came, wanted)


def _data(body: str, data: Any, came: object, wanted: object) -> Iterator[Mark]:
    """Yield a mark for the value in a JSON body that is not as wanted."""
    if data == came and isinstance(came, dict | list):
        yield from _inside(body, came, wanted)
        yield Mark("body")
    found = [key for key, value in _leaves(data) if value == came and type(value) is type(came)]
    if len(found) == 1:
        yield from _place(body, found[0], came)


def _inside(body: str, came: Any, wanted: Any) -> Iterator[Mark]:
    """Yield a mark for each value of a structure that differs from the one wanted."""
    if isinstance(came, dict) and isinstance(wanted, dict):
        for key, value in came.items():
            if key not in wanted or value != wanted[key]:
                yield from _inside(body, value, wanted.get(key))
                yield from _place(body, key, value)
    elif isinstance(came, list) and isinstance(wanted, list):
        for value, right in zip(came, wanted, strict=False):
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
