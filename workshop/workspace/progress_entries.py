"""What is known of an exercise, and the form in which all of it is handed on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from workshop.report import decode

FORM = 1
"""Number of the form in which progress is handed on."""
KEY = re.compile(r"step\d\d/[a-z][a-z0-9_]*")
VERSION = re.compile(r"[0-9a-f]{64}")


@dataclass
class Entry:
    """What is known of one exercise."""

    checks: int = 0
    """How often it was checked."""
    done: str | None = None
    """When it first passed (UTC, ISO 8601)."""
    passed: str | None = None
    """The SHA-256 of the file that passed last, in hex; None when it has not, or fails by now."""
    hints: dict[str, int] = field(default_factory=dict)
    """Hints taken, by the check's name."""
    asked: bool = False
    """Whether the solution was asked for before it was earned."""


@dataclass
class Handed:
    """Progress as it is handed on, to another machine say."""

    exercises: dict[str, Entry]
    """What is known, by the exercise's key."""
    form: int = FORM


def taken_in(data: object) -> dict[str, Entry]:
    """Return what was handed on, by the exercise's key.

    Raises ValueError, with a sentence, for what no course has handed on.
    """
    handed = decode(data, Handed)
    if handed.form != FORM:
        raise ValueError(f"Its form is {handed.form}; this course knows form {FORM}.")
    for key, entry in handed.exercises.items():
        _sane(key, entry)
    return handed.exercises


def _sane(key: str, entry: Entry) -> None:
    """Raise ValueError for what no course has written."""
    if not KEY.fullmatch(key):
        raise ValueError(f'"{key[:80]}" is no exercise.')
    if not VERSION.fullmatch(entry.passed or "0" * 64):
        raise ValueError(f'{key}: "passed" is no SHA-256 in hex.')
    if min([entry.checks, *entry.hints.values()]) < 0:
        raise ValueError(f"{key}: a number of checks or hints is below 0.")
    try:
        datetime.fromisoformat(entry.done or "2000-01-01")
    except ValueError as error:
        raise ValueError(f'{key}: "done" is no time such as 2000-01-01T12:00:00+00:00.') from error
