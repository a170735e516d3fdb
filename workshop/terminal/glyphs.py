"""Text and signs that a terminal can show: outcomes, escapes, encodings, stressed words."""

from __future__ import annotations

import re

from workshop.report import Outcome
from workshop.report.comparison import escape_unprintable

COLOURS = {Outcome.PASSED: "green", Outcome.FAILED: "red", Outcome.BROKEN: "yellow"}
SIGNS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.BROKEN: "!"}
WORDS = {Outcome.PASSED: "passed", Outcome.FAILED: "failed", Outcome.BROKEN: "broken"}
OPEN = "·"
"""The sign of what is not done or not known yet."""


ASCII = {
    "✓": "+", "✗": "x", "·": "-", "│": "|", "─": "-", "→": "->", "–": "-", "…": "...",
}  # fmt: skip
"""How our own signs are written where there are none of them."""


def escape_controls(text: str) -> str:
    """Return a text on one line, with escapes for what a terminal would obey or not show."""
    return "".join(escape_unprintable(character) for character in text.expandtabs(4))


def encodable(text: str, encoding: str) -> str:
    """Return a text as an encoding can write it: signs by their likes, letters by their number."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_encodable(character, encoding) for character in text)
    except LookupError:
        return encodable(text, "ascii")
    return text


def _encodable(character: str, encoding: str) -> str:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        escaped = character.encode("ascii", "backslashreplace").decode("ascii")
        return ASCII.get(character, escaped)
    return character


STRESS = re.compile(r"(``.+?``|`[^`]+`)|(?<![\w*])\*([^\s*](?:[^*]*[^\s*])?)\*(?![\w*])")
"""Code, which is left alone, or a stressed word; as in `frontend/src/page/text.ts`."""


def without_stress(sentence: str) -> str:
    """Return a sentence without the marks of its stressed words."""
    return STRESS.sub(lambda found: found[1] or found[2], sentence)
