"""The limits of a report: a terminal and a page show all of it, so no text is without bound."""

from __future__ import annotations

import dataclasses
import re
from typing import Any, TypeVar

from workshop.report.exchange import Line

BODY_LIMIT = 4_000
"""Characters of an HTTP body, of a frame, of either side of a comparison: two screens."""
OUTPUT_LIMIT = 500
"""Characters of a learner's own output that a check keeps: Exercism's limit."""
PARTS_LIMIT = 8
"""Places in which two structures differ that a difference names."""
EXCHANGES_LIMIT = 20
"""Exchanges of a check, and frames of an exchange: the last ones, which led to the failure."""
LOG_LIMIT = 20
"""Log records of a request: the last ones, as above."""
TRACEBACK_LIMIT = 20
"""Lines of a traceback: the innermost ones; recursion without end has a thousand."""
STALLS_LIMIT = 10
"""Stalls of the event loop that a check keeps: the first ones, for one cause makes many."""
ITEMS_LIMIT = 100
"""Items of any other kind: headers, hints, spans of a timeline."""
TEXT_LIMIT = 800
"""Characters of a text, unless it is one of these."""
WIDER_LIMITS = {
    "body": BODY_LIMIT + 100,
    "came": BODY_LIMIT + 100,
    "wanted": BODY_LIMIT + 100,
    "data": BODY_LIMIT + 100,
    "curl": 2 * BODY_LIMIT,
    "code": 20_000,
    "output": 2_000,
}
"""Texts that may be longer, by the name of their field, and how long."""

LONG_WORD = re.compile(r"\S{161,}")
"""A word that is too long to be read."""
WORD_LIMIT = 120
"""Characters of such a word that stay, in a sentence."""
SENTENCE_FIELDS = frozenset({"message", "sentence", "action", "error", "log"})

Value = TypeVar("Value")


def capped(value: Value) -> Value:
    """Return a report, or a part of one, with every text and tuple cut to its limit.

    A text that is cut says how much is missing. A report within the limits is returned as it is.
    """
    found: Value = _capped(value, "")
    return found


def _capped(value: Any, name: str) -> Any:
    if isinstance(value, str):
        if name in SENTENCE_FIELDS:
            value = LONG_WORD.sub(lambda found: str(_truncated(found[0], WORD_LIMIT)), value)
        return _truncated(value, WIDER_LIMITS.get(name, TEXT_LIMIT))
    if isinstance(value, tuple):
        return _capped_tuple(value, name)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    now = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    own = "" if isinstance(value, Line) else None  # a line of the learner's, not a suite's code
    new = {key: _capped(part, key if own is None else own) for key, part in now.items()}
    changed = {key: part for key, part in new.items() if part is not now[key]}
    return dataclasses.replace(value, **changed) if changed else value


def _capped_tuple(value: tuple[Any, ...], name: str) -> Any:
    """Return a tuple with its parts capped, and no more of them than there may be."""
    if name == "exchanges":
        kept = value[-EXCHANGES_LIMIT:]
    else:
        kept = value[:ITEMS_LIMIT] if name != "checks" else value
    new = tuple(_capped(part, name) for part in kept)
    same = len(new) == len(value) and all(a is b for a, b in zip(new, value, strict=True))
    return value if same else new


def _truncated(text: str, most: int) -> Any:
    if len(text) <= most:
        return text
    return f"{text[:most]} … ({len(text) - most:,} more characters)"
