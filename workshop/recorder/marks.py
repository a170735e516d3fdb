"""The differing part of an exchange: where the value that came stands in the answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from workshop.report import Mark, Message
from workshop.report.binary import binary
from workshop.report.comparison import Comparison, unlike

SHORT = 2
"""Characters that a text must have to be looked for inside a body."""


def marks(answer: Message, compared: Comparison) -> Iterator[Mark]:
    """Yield where the value that a comparison found wrong stands in an answer."""
    came, wanted = compared.came, compared.wanted
    if isinstance(came, bytes) and binary(came):
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
