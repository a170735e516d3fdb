"""The comparison of a failed assertion: both values as text, and where they differ."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile, zip_longest
from typing import Any, TypeGuard, TypeVar

from workshop.report import BODY_LIMIT, PARTS_LIMIT, Difference, Part
from workshop.report.binary import describe, is_binary

T = TypeVar("T")

ITEMS_SHOWN = 1_000
"""Items above which a structure is written by its repr()."""
SEARCH_LIMIT = 20_000
"""Characters that are searched for the most similar place."""
CHOICES = (set, frozenset, tuple, range)
LITERAL_CHOICE = re.compile(r"\bin\s*(?:[({]|range\(|[A-Z_]+\b)")
"""A literal choice of values in a line."""
MEMBERSHIP = {"in": "one of", "not in": "none of"}
"""The operators `in` and `not in` with a literal choice, in words."""
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two values of an assertion: `actual` is what the learner's code gave."""

    operator: str
    actual: object
    expected: object

    @classmethod
    def of_assertion(cls, operator: str, left: object, right: object) -> Comparison:
        """Return the comparison `left operator right`; in `x in y` the actual value is y."""
        if operator in MEMBERSHIP:
            left, right = right, left
        return cls(operator, left, right)

    def as_written_in(self, line: str) -> Comparison:
        """Return the comparison as a suite's line means it: in `x in {1, 2}` x is the actual value.

        There the suite itself lists the values that it accepts.
        """
        if (
            self.operator in MEMBERSHIP
            and isinstance(self.actual, CHOICES)
            and LITERAL_CHOICE.search(line)
        ):
            return Comparison(MEMBERSHIP[self.operator], self.expected, self.actual)
        return self

    def difference(self) -> Difference:
        """Return both values as text, with what differs."""
        actual, expected = self._represented()
        start, actual_end, expected_end = self._span(actual, expected)
        shift = max(0, start - BODY_LIMIT // 2)
        return Difference(
            self.operator,
            _cut_around(actual, shift),
            _cut_around(expected, shift if self.operator == "==" else 0),
            start - shift + bool(shift),
            min(actual_end - shift + bool(shift), BODY_LIMIT),
            min(expected_end - shift + bool(shift), BODY_LIMIT),
            tuple(islice(differing_parts(self.actual, self.expected), PARTS_LIMIT))
            if self.operator == "=="
            else (),
        )

    def _represented(self) -> tuple[str, str]:
        """Return both values as text; of bytes that are no text, from where they differ on."""
        actual, expected = self.actual, self.expected
        if (
            self.operator == "=="
            and isinstance(actual, bytes)
            and isinstance(expected, bytes)
            and (is_binary(actual) or is_binary(expected))
        ):
            pairs = zip(actual, expected, strict=False)
            at = next(
                (n for n, (a, b) in enumerate(pairs) if a != b), min(len(actual), len(expected))
            )
            return describe(actual, at), describe(expected, at)
        return represent(actual), represent(expected)

    def _span(self, actual: str, expected: str) -> tuple[int, int, int]:
        if self.operator == "==":
            if type(self.actual) is type(self.expected) and isinstance(
                self.actual, str | bytes | dict | list | tuple
            ):
                return differing_span(actual, expected)
            return 0, len(actual), len(expected)
        if self.operator in MEMBERSHIP.values():
            return 0, len(actual), len(expected)
        looked_for = _unquoted(self.expected, expected)
        if self.operator == "not in":
            at = max(0, actual.find(looked_for))
            return at, min(len(actual), at + len(looked_for)), len(expected)
        matcher = difflib.SequenceMatcher(None, actual[:SEARCH_LIMIT], looked_for[:200], False)
        near = matcher.find_longest_match()
        return near.a, near.a + near.size, len(expected)


def differing_span(actual: str, expected: str) -> tuple[int, int, int]:
    """Return the first place that differs, and one past the last, in `came` and in `wanted`."""
    start = _common_prefix(actual, expected)
    tail = _common_prefix(actual[start:][::-1], expected[start:][::-1])
    return start, len(actual) - tail, len(expected) - tail


def _common_prefix(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def differing_parts(actual: object, expected: object, where: str = "") -> Iterator[Part]:
    """Yield the places in which two dicts or lists differ; nothing for other values."""
    if isinstance(actual, dict) and isinstance(expected, dict):
        for key in dict.fromkeys([*expected, *actual]):
            yield from _parts_at(actual, expected, key, where)
    elif isinstance(actual, list | tuple) and isinstance(expected, list | tuple):
        pairs = zip_longest(range(len(actual)), range(len(expected)))
        for number, _ in enumerate(pairs):
            yield from _parts_at(dict(enumerate(actual)), dict(enumerate(expected)), number, where)


def _parts_at(
    actual: dict[Any, Any], expected: dict[Any, Any], key: object, where: str
) -> Iterator[Part]:
    place = f"{where}[{represent(key)}]"
    if key not in actual or key not in expected:
        left = represent(actual[key])[:BODY_LIMIT] if key in actual else None
        right = represent(expected[key])[:BODY_LIMIT] if key in expected else None
        yield Part(place, left, right)
    elif actual[key] != expected[key] or type(actual[key]) is not type(expected[key]):
        inner = list(islice(differing_parts(actual[key], expected[key], place), PARTS_LIMIT))
        yield from inner or [
            Part(place, represent(actual[key])[:BODY_LIMIT], represent(expected[key])[:BODY_LIMIT])
        ]


def represent(value: object) -> str:
    """Return a value as a program would have it, text in double quotes, all of it printable."""
    try:
        return _represent(value)
    except Exception as error:
        return f"<{type(value).__name__} whose repr() raised {type(error).__name__}>"


def _represent(value: object) -> str:
    if isinstance(value, str) and type(value).__repr__ is str.__repr__:
        return '"' + "".join(ESCAPES.get(c) or escape_unprintable(c) for c in value) + '"'
    if type(value) is dict and len(value) <= ITEMS_SHOWN:
        return "{" + ", ".join(f"{_represent(k)}: {_represent(v)}" for k, v in value.items()) + "}"
    if type(value) is list and len(value) <= ITEMS_SHOWN:
        return "[" + ", ".join(map(_represent, value)) + "]"
    if isinstance(value, bytes | bytearray) and is_binary(value):
        return describe(bytes(value))
    return "".join(map(escape_unprintable, without_task_names(repr(value))))


def exception_text(error: BaseException) -> str:
    """Return the text of an exception, also if its `__str__` raises."""
    try:
        return str(error)
    except Exception as trouble:
        return f"(its str() raised {type(trouble).__name__})"


def has_type(value: object, kind: type[T]) -> TypeGuard[T]:
    """Return whether a value has a type, whatever its `__class__` claims."""
    return issubclass(type(value), kind)


def without_addresses(text: str) -> str:
    """Return a text without addresses of objects and without asyncio's names of tasks."""
    return without_task_names(re.sub(r" at 0x[0-9A-Fa-f]+", "", text))


def without_task_names(text: str) -> str:
    """Return a text without the names that asyncio gives to tasks."""
    return re.sub(r"(<Task \w+) name='Task-\d+'", r"\1", text)


def escape_unprintable(character: str) -> str:
    """Return a character, or its escape if it is not printable."""
    if character.isprintable():
        return character
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def _unquoted(value: object, text: str) -> str:
    """Return the text of a value without the quotes of a str or bytes."""
    if isinstance(value, str | bytes):
        return text[1 + isinstance(value, bytes) : -1]
    return text


def _cut_around(text: str, start: int) -> str:
    """Return at most `BODY_LIMIT` characters, with a mark where something was left out."""
    cut = text[start : start + BODY_LIMIT]
    return ("…" if start else "") + cut + ("…" if start + BODY_LIMIT < len(text) else "")
