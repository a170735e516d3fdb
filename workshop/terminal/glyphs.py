"""Text and signs that a terminal can show: outcomes, escapes, encodings, stressed words."""

from __future__ import annotations

import re

from workshop.report import Outcome
from workshop.report.comparison import escape_unprintable

COLOURS = {Outcome.PASSED: "green", Outcome.FAILED: "red", Outcome.BROKEN: "yellow"}
SIGNS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.BROKEN: "!"}
WORDS = {Outcome.PASSED: "passed", Outcome.FAILED: "failed", Outcome.BROKEN: "broken"}
OPEN = "·"
"""The sign of an exercise that is not done, and of a check without an outcome."""


ASCII = {
    "✓": "+", "✗": "x", "·": "-", "│": "|", "─": "-", "→": "->", "–": "-", "…": "...",
}  # fmt: skip
"""ASCII characters for encodings without these signs."""


def escape_controls(text: str) -> str:
    """Return a text on one line, with escapes for control and unprintable characters."""
    return "".join(escape_unprintable(character) for character in text.expandtabs(4))


def encodable(text: str, encoding: str) -> str:
    """Return a text that an encoding can write: ASCII signs, backslash escapes for letters."""
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
"""Code in backticks, or a *stressed* word; the same as in `frontend/src/page/text.ts`."""


def without_stress(sentence: str) -> str:
    """Return a sentence without the asterisks of its stressed words."""
    return STRESS.sub(lambda found: found[1] or found[2], sentence)
