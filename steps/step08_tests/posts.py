"""Posts: what a post is, and what may become one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LIMITS = {"title": 100, "text": 10_000}
"""So many characters a field may have."""


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody wrote."""

    id: int
    title: str
    text: str
    owner: str
    editor: str


def text_of(fields: Mapping[str, object], name: str, limit: int) -> str:
    """Return one field; raises ValueError when it is no text, empty or too long."""
    value = fields.get(name)
    if not isinstance(value, str) or not 0 < len(value.strip()) <= limit:
        raise ValueError(f"{name} must be text of 1 to {limit} characters")
    value.encode()  # JSON can spell half a character; that is a ValueError as well
    return value.strip()


def read_fields(fields: Mapping[str, object], names: Iterable[str]) -> dict[str, str]:
    """Return the fields of these names; raises ValueError, which says what is wrong."""
    return {name: text_of(fields, name, LIMITS[name]) for name in names}


def read_new(fields: Mapping[str, object]) -> dict[str, str]:
    """Return the fields of a post, all of them."""
    return read_fields(fields, ("title", "text"))


def read_changes(fields: Mapping[str, object]) -> dict[str, str]:
    """Return the fields that are to change; the others stay as they are."""
    if not fields or not fields.keys() <= {"title", "text"}:
        raise ValueError("Send title or text, and nothing else")
    return read_fields(fields, fields)
