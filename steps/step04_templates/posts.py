"""Posts: what a post is, and what may become one."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LIMITS = {"title": 100, "text": 10_000, "owner": 30, "editor": 30}
"""So many characters a field may have."""
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What no text needs: control characters, and those that turn round the direction of the others."""
BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs, says Unicode, but there is nothing to see."""


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody wrote."""

    id: int
    title: str
    text: str
    owner: str
    editor: str


def is_seen(character: str) -> bool:
    """Tell whether something stands on the page: a letter, digit, sign; no mark alone, no space."""
    return unicodedata.category(character)[0] in "LNPS" and character not in BLANK


def text_of(fields: Mapping[str, object], name: str, limit: int) -> str:
    """Return one field; raises ValueError when it is no text, empty or too long."""
    value = fields.get(name)
    text = value.strip() if isinstance(value, str) else ""
    if len(text) > limit or not any(map(is_seen, text)):
        raise ValueError(f"{name} must be text of 1 to {limit} characters")
    if CONTROL.search(text):
        raise ValueError(f"{name} must be without control characters")
    text.encode()  # JSON can spell half a character; that is a ValueError as well
    return text


def read_fields(fields: Mapping[str, object], names: Iterable[str]) -> dict[str, str]:
    """Return the fields of these names; raises ValueError, which says what is wrong."""
    read = {name: text_of(fields, name, LIMITS[name]) for name in names}
    for name in read.keys() & {"owner", "editor"}:
        if not (read[name].isascii() and read[name].isalnum()):
            raise ValueError(f"{name} must be letters a-z and digits only")
    return read


def read_new(fields: Mapping[str, object]) -> dict[str, str]:
    """Return the fields of a new post."""
    return read_fields(fields, ("title", "text", "owner"))


def read_edit(fields: Mapping[str, object]) -> dict[str, str]:
    """Return the fields of a form in which a post was edited."""
    return read_fields(fields, ("title", "text", "editor"))


def read_changes(fields: Mapping[str, object]) -> dict[str, str]:
    """Return the fields that are to change; the others stay as they are."""
    if not fields or not fields.keys() <= {"title", "text", "editor"}:
        raise ValueError("Send title, text or editor, and nothing else")
    return read_fields(fields, fields)
