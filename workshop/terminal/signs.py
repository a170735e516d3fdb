"""Text that a terminal can show: nothing in it is obeyed, nothing gets lost."""

from __future__ import annotations

from workshop.report.comparison import escape_unprintable

ASCII = {
    "✓": "+", "✗": "x", "·": "-", "│": "|", "─": "-", "→": "->", "–": "-", "…": "...",
}  # fmt: skip
"""How our own signs are written where there are none of them."""


def safe(text: str) -> str:
    """Return a text on one line, with escapes for what a terminal would obey or not show."""
    return "".join(escape_unprintable(character) for character in text.expandtabs(4))


def spelt(text: str, encoding: str) -> str:
    """Return a text as an encoding can write it: signs by their likes, letters by their number."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_spelt(character, encoding) for character in text)
    except LookupError:
        return spelt(text, "ascii")
    return text


def _spelt(character: str, encoding: str) -> str:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        escaped = character.encode("ascii", "backslashreplace").decode("ascii")
        return ASCII.get(character, escaped)
    return character
