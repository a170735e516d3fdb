"""Text in a source file that is no Python: merge conflicts, prompts, invisible characters, NULs.

A suspicion counts only if Python can parse further without the suspected text.
"""

from __future__ import annotations

import ast
import html
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Lines = list[str]
Clean = Callable[[Lines], Iterator[list[str | None]]]
"""Yields the lines without the stray text, in one or a few ways; None for a removed line."""
INVISIBLE = {
    **dict.fromkeys([*map(chr, range(0x2000, 0x200B)), *"\u00a0\u1680\u202f\u205f\u3000"], " "),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\ufeff", ""),
    **dict.fromkeys("\x0b\x1a\x1b\x7f", ""),
}
"""Invisible characters, and their replacement."""
LOOKALIKES = {
    **dict.fromkeys("\u00ab\u00bb\u201c\u201d\u201e\u201f", '"'),
    **dict.fromkeys("\u00b4\u2018\u2019\u201a\u201b\u2032", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    "\u00d7": "*",
    "\u2026": "...",
    "\u2192": "->",
    "\u2260": "!=",
    "\u2264": "<=",
    "\u2265": ">=",
    "\u3001": ",",
    "\u3002": ".",
}
"""Characters that look like characters of Python, and those."""
CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?:\s|$)|={7}\s*$")
FENCE = re.compile(r"\s*(?:```|~~~)")
PROMPT = re.compile(r"\s*(?:>>> ?|\.\.\. ?|In \[\d*\]: ?|\$ )")
NUMBER = re.compile(r"\s*\d+(?:[:|.│]\s?|\s\s?|$)")
GUTTER = re.compile(r"\s*[│|>] ?")
LABEL = re.compile(r"(?:python3?|py|copy(?: code)?|copied)!?\s*$", re.IGNORECASE)
PAGE = re.compile(r"\s*<(?:!doctype|html|head|\?xml)\b", re.IGNORECASE)
WIDE_SHARE = 3
"""Of so many bytes one is NUL where a file was saved with two bytes a letter; about half are."""


@dataclass(frozen=True, slots=True)
class StrayText:
    """Stray text, and its line."""

    kind: str
    """A key of `CLEANERS`, or "page"."""
    text: str
    """The character by its name, or the line that it is."""
    line_number: int
    """The line that has it, from 1."""


def find_stray_text(source: str) -> StrayText | None:
    """Return the stray text at which Python stops parsing a source, or None."""
    lines = source.split("\n")
    if PAGE.match(source):
        return StrayText("page", lines[0].strip(), 1)
    stuck = _readable_until(source)
    for kind, mended in CLEANERS.items():
        for other in mended(lines):
            touched = [at for at, line in enumerate(lines, 1) if other[at - 1] != line]
            first = min(touched, default=len(lines) + 1)
            if first > stuck[0] or (kind != "conflict" and stuck[0] not in touched):
                continue
            at = int(stuck[0]) if stuck[0] in touched else first
            if _readable_until("\n".join(line for line in other if line is not None)) > stuck:
                return StrayText(kind, _description(kind, lines[at - 1]), at)
    return None


def find_null_bytes(source: bytes) -> StrayText | None:
    """Return where a file has NUL bytes: beside each letter ("wide"), or somewhere ("null")."""
    at = source.find(b"\0")
    if at < 0:
        return None
    wide = source.count(b"\0") * WIDE_SHARE > len(source) and source[:2].count(b"\0") == 1
    return StrayText("wide" if wide else "null", "", source.count(b"\n", 0, at) + 1)


def _readable_until(source: str) -> tuple[float, int]:
    """Return the line and the column at which Python cannot read on; no line is infinite."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except SyntaxError as error:
        return error.lineno or 0, error.offset or 0
    except (ValueError, RecursionError, MemoryError):
        return 0, 0
    return float("inf"), 0


def _description(kind: str, line: str) -> str:
    known = {"invisible": INVISIBLE, "alike": LOOKALIKES}.get(kind)
    letter = next((letter for letter in line if letter in (known or ())), "")
    if not letter:
        return line.strip()
    if kind == "alike":
        return letter
    name = unicodedata.name(letter, "control character").lower()
    return f"{name}, U+{ord(letter):04X}"


def _translated(letters: dict[str, str]) -> Clean:
    table = str.maketrans(letters)
    return lambda lines: iter([[line.translate(table) for line in lines]])


def _without(pattern: re.Pattern[str]) -> Clean:
    """Leave out whole lines."""
    return lambda lines: iter([[None if pattern.match(line) else line for line in lines]])


def _beginning(pattern: re.Pattern[str]) -> Clean:
    """Leave out what lines begin with."""
    return lambda lines: iter([[pattern.sub("", line, count=1) for line in lines]])


def _merged(lines: Lines) -> Iterator[list[str | None]]:
    """Leave out the marks of a conflict and what was there before; then one side of it, or none."""
    for left_out in "=", "<", "":
        kept: list[str | None] = []
        side = ""
        for line in lines:
            mark = CONFLICT.match(line)
            side = line[0] if mark else side
            kept.append(None if mark or side == "|" or side == (left_out or "|") else line)
        yield kept


def _changed(lines: Lines) -> Iterator[list[str | None]]:
    """Leave out the marks of a difference, of a few lines or of all."""
    heads = "@@ ", "diff --git ", "--- ", "+++ ", "index ", "\\ No newline"
    plus = [line.removeprefix("+") for line in lines]
    yield [None if line.startswith(("-", *heads)) else line for line in plus]
    if all(line.startswith((" ", "+", "-", *heads)) for line in lines if line):
        yield [None if line.startswith(("-", *heads)) else line[1:] for line in lines]


CLEANERS: dict[str, Clean] = {
    "conflict": _merged,
    "fence": _without(FENCE),
    "change": _changed,
    "prompt": _beginning(PROMPT),
    "number": _beginning(NUMBER),
    "gutter": _beginning(GUTTER),
    "label": _without(LABEL),
    "escape": lambda lines: iter([[html.unescape(line) for line in lines]]),
    "invisible": _translated(INVISIBLE),
    "alike": _translated(LOOKALIKES),
}
"""How a source is cleaned, by the kind of the stray text."""
