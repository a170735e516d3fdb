"""Two values that were compared: how they are written, and where they differ."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile, zip_longest
from typing import Any, TypeGuard, TypeVar

from workshop.report import BODY_LIMIT, PARTS_LIMIT, Difference, Part
from workshop.report.binary import binary, told

T = TypeVar("T")

LONG = 1_000
"""Items of a structure above which it is written by its own repr()."""
SEARCHED = 20_000
"""Characters in which the nearest place is looked for."""
CHOICES = (set, frozenset, tuple, range)
LITERAL = re.compile(r"\bin\s*(?:[({]|range\(|[A-Z_]+\b)")
"""A choice of values, as a line writes it down."""
CHOOSING = {"in": "one of", "not in": "none of"}
"""What `in` and its contrary are called when they look into such a choice."""
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an assertion compared: `came` is what the learner's code gave."""

    operator: str
    came: object
    wanted: object

    @classmethod
    def of(cls, operator: str, left: object, right: object) -> Comparison:
        """Return the comparison `left operator right`; in `x in y` it is y that came."""
        if operator in CHOOSING:
            left, right = right, left
        return cls(operator, left, right)

    def written_as(self, line: str) -> Comparison:
        """Return the comparison as a line of a suite means it: in `x in {1, 2}` it is x that came.

        There the suite itself writes down what it would take.
        """
        if self.operator in CHOOSING and isinstance(self.came, CHOICES) and LITERAL.search(line):
            return Comparison(CHOOSING[self.operator], self.wanted, self.came)
        return self

    def difference(self) -> Difference:
        """Return both values as text, with what differs."""
        came, wanted = self._written()
        start, came_end, wanted_end = self._span(came, wanted)
        shift = max(0, start - BODY_LIMIT // 2)
        return Difference(
            self.operator,
            _window(came, shift),
            _window(wanted, shift if self.operator == "==" else 0),
            start - shift + bool(shift),
            min(came_end - shift + bool(shift), BODY_LIMIT),
            min(wanted_end - shift + bool(shift), BODY_LIMIT),
            tuple(islice(parts(self.came, self.wanted), PARTS_LIMIT))
            if self.operator == "=="
            else (),
        )

    def _written(self) -> tuple[str, str]:
        """Return both values as text; of bytes that are no text, from where they differ on."""
        came, wanted = self.came, self.wanted
        if (
            self.operator == "=="
            and isinstance(came, bytes)
            and isinstance(wanted, bytes)
            and (binary(came) or binary(wanted))
        ):
            pairs = zip(came, wanted, strict=False)
            at = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(came), len(wanted)))
            return told(came, at), told(wanted, at)
        return written(came), written(wanted)

    def _span(self, came: str, wanted: str) -> tuple[int, int, int]:
        if self.operator == "==":
            if type(self.came) is type(self.wanted) and isinstance(
                self.came, str | bytes | dict | list | tuple
            ):
                return unlike(came, wanted)
            return 0, len(came), len(wanted)
        if self.operator in CHOOSING.values():
            return 0, len(came), len(wanted)
        looked_for = _unquoted(self.wanted, wanted)
        if self.operator == "not in":
            at = max(0, came.find(looked_for))
            return at, min(len(came), at + len(looked_for)), len(wanted)
        matcher = difflib.SequenceMatcher(None, came[:SEARCHED], looked_for[:200], False)
        near = matcher.find_longest_match()
        return near.a, near.a + near.size, len(wanted)


def unlike(came: str, wanted: str) -> tuple[int, int, int]:
    """Return the first place that differs, and one past the last, in `came` and in `wanted`."""
    start = _same(came, wanted)
    tail = _same(came[start:][::-1], wanted[start:][::-1])
    return start, len(came) - tail, len(wanted) - tail


def _same(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def parts(came: object, wanted: object, where: str = "") -> Iterator[Part]:
    """Yield the places in which two dicts or lists differ; nothing for other values."""
    if isinstance(came, dict) and isinstance(wanted, dict):
        for key in dict.fromkeys([*wanted, *came]):
            yield from _part(came, wanted, key, where)
    elif isinstance(came, list | tuple) and isinstance(wanted, list | tuple):
        pairs = zip_longest(range(len(came)), range(len(wanted)))
        for number, _ in enumerate(pairs):
            yield from _part(dict(enumerate(came)), dict(enumerate(wanted)), number, where)


def _part(came: dict[Any, Any], wanted: dict[Any, Any], key: object, where: str) -> Iterator[Part]:
    place = f"{where}[{written(key)}]"
    if key not in came or key not in wanted:
        left = written(came[key])[:BODY_LIMIT] if key in came else None
        right = written(wanted[key])[:BODY_LIMIT] if key in wanted else None
        yield Part(place, left, right)
    elif came[key] != wanted[key] or type(came[key]) is not type(wanted[key]):
        inner = list(islice(parts(came[key], wanted[key], place), PARTS_LIMIT))
        yield from inner or [
            Part(place, written(came[key])[:BODY_LIMIT], written(wanted[key])[:BODY_LIMIT])
        ]


def written(value: object) -> str:
    """Return a value as a program would have it, text in double quotes, all of it printable."""
    try:
        return _written(value)
    except Exception as error:
        return f"<{type(value).__name__} whose repr() raised {type(error).__name__}>"


def _written(value: object) -> str:
    if isinstance(value, str) and type(value).__repr__ is str.__repr__:
        return '"' + "".join(ESCAPES.get(c) or visible(c) for c in value) + '"'
    if type(value) is dict and len(value) <= LONG:
        return "{" + ", ".join(f"{_written(k)}: {_written(v)}" for k, v in value.items()) + "}"
    if type(value) is list and len(value) <= LONG:
        return "[" + ", ".join(map(_written, value)) + "]"
    if isinstance(value, bytes | bytearray) and binary(value):
        return told(bytes(value))
    return "".join(map(visible, unnumbered(repr(value))))


def said(error: BaseException) -> str:
    """Return the text of an exception, whatever its class makes of that."""
    try:
        return str(error)
    except Exception as trouble:
        return f"(its str() raised {type(trouble).__name__})"


def is_a(value: object, kind: type[T]) -> TypeGuard[T]:
    """Say whether a value is of a kind, whatever it says of its own class."""
    return issubclass(type(value), kind)


def nameless(text: str) -> str:
    """Return a text without addresses of objects and numbers of tasks: they tell nothing."""
    return unnumbered(re.sub(r" at 0x[0-9A-Fa-f]+", "", text))


def unnumbered(text: str) -> str:
    """Return a text without the numbers that asyncio gives to tasks."""
    return re.sub(r"(<Task \w+) name='Task-\d+'", r"\1", text)


def visible(character: str) -> str:
    """Return a character, or its escape where a terminal would show nothing or obey it."""
    if character.isprintable():
        return character
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def _unquoted(value: object, text: str) -> str:
    """Return how a value is written inside another one: text without its quotes."""
    if isinstance(value, str | bytes):
        return text[1 + isinstance(value, bytes) : -1]
    return text


def _window(text: str, start: int) -> str:
    """Return at most `BODY_LIMIT` characters, with a mark where something was left out."""
    cut = text[start : start + BODY_LIMIT]
    return ("…" if start else "") + cut + ("…" if start + BODY_LIMIT < len(text) else "")
