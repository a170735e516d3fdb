"""The front end's types and the dataclasses that are sent to it agree, field by field."""

from __future__ import annotations

import dataclasses
import enum
import re
import types
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

from workshop import report, workspace
from workshop.course import ROOT
from workshop.live import messages
from workshop.report import encode
from workshop.report.codec import KEYS, VERSION

(WIRE,) = (ROOT / "frontend/src").rglob("wire.ts")
TEXT = re.sub(r"/\*\*.*?\*/", "", WIRE.read_text(encoding="utf-8"), flags=re.DOTALL)
INTERFACE = re.compile(
    r"^export interface (\w+)(?: extends (\w+))? \{\n(.*?)^\}", re.MULTILINE | re.DOTALL
)
FIELD = re.compile(r"^  (\w+)\??: ([^;]+);$", re.MULTILINE)
ALIAS = re.compile(r"^export type (\w+) =([^;]+);$", re.MULTILINE)
WORD = re.compile(r'"\w+"')
BODIES = {
    name: (parent, dict(FIELD.findall(body))) for name, parent, body in INTERFACE.findall(TEXT)
}
ALIASES = {name: frozenset(re.findall(r'[\w"]+', body)) for name, body in ALIAS.findall(TEXT)}
OTHERS: dict[str, type] = {"State": messages.CourseState, "Taking": workspace.ImportPreview}
"""Dataclasses with another name than their interface has."""
NAMES = {kind: name for name, kind in OTHERS.items()}
PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", types.NoneType: "null"}


def fields(name: str) -> dict[str, str]:
    """Return the fields of an interface, and their types."""
    parent, own = BODIES[name]
    return {**(fields(parent) if parent else {}), **own}


def alternatives(text: str) -> frozenset[str]:
    """Return what a type of TypeScript may be."""
    found: frozenset[str] = frozenset()
    for one in text.split(" | "):
        found |= ALIASES.get(one, {one})
    return found


def dataclass_of(name: str) -> Any:
    """Return the dataclass that an interface describes."""
    return OTHERS.get(name) or getattr(messages, name, None) or getattr(report, name)


def sent(kind: Any) -> dict[str, frozenset[str]]:
    """Return the keys that a dataclass is sent with, and their types in TypeScript."""
    hints, keys = get_type_hints(kind), KEYS.get(kind, {})
    return {
        keys.get(field.name, field.name): typed(hints[field.name])
        for field in dataclasses.fields(kind)
    }


def typed(kind: Any) -> frozenset[str]:
    """Return what a type of Python may be in TypeScript."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return frozenset().union(*map(typed, inside))
    if origin is Literal:
        return frozenset(f'"{value}"' for value in inside)
    if origin is dict:
        return frozenset({f"Record<string, {one(inside[1])}>"})
    if origin is tuple and inside[-1] is ...:
        return frozenset({f"{one(inside[0])}[]"})
    if origin is tuple:
        return frozenset({f"[{', '.join(map(one, inside))}]"})
    if issubclass(kind, enum.Enum):
        return frozenset(f'"{member.value}"' for member in kind)
    return frozenset({PLAIN.get(kind) or NAMES.get(kind, kind.__name__)})


def one(kind: Any) -> str:
    """Return the only thing that a type may be."""
    (found,) = typed(kind)
    return found


def agree(here: frozenset[str], there: frozenset[str]) -> bool:
    """Say whether Python's type is TypeScript's, which may name the texts that there are."""
    words = {word for word in there if WORD.fullmatch(word)}
    return here == there or ("string" in here and here - {"string"} == there - words)


@pytest.mark.parametrize("name", BODIES)
def test_each_interface_is_a_dataclass(name: str):
    """All that is sent has its field in the front end, of its type, and nothing else has one."""
    kind = dataclass_of(name)
    here, there = sent(kind), fields(name)
    if kind is report.Report:
        here["version"] = typed(type(VERSION))
    assert here.keys() == there.keys()
    wrong = {key: there[key] for key in here if not agree(here[key], alternatives(there[key]))}
    assert not wrong


def test_the_front_end_knows_all_events():
    """Each is one of CourseEvent, and each has a `kind` of its own."""
    events = get_args(messages.CourseEvent)
    assert ALIASES["CourseEvent"] == {kind.__name__ for kind in events}
    kinds = [word for kind in events for word in sent(kind)["kind"]]
    assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize("kind", [report.Report, report.Check])
def test_the_keys_are_those_of_the_codec(kind: Any):
    """What is compared above is what is sent."""
    check = report.Check("test_one", "It works.", report.Outcome.PASSED)
    whole = report.Report("step01_hello", "greet", report.Outcome.PASSED, (check,))
    data = encode(whole if kind is report.Report else check)
    assert data.keys() - {"version"} == sent(kind).keys()


@pytest.mark.parametrize(
    ("here", "there", "same"),
    [
        (str, "string", True),
        (int, "string", False),
        (str | None, "string | null", True),
        (str | None, "string", False),
        (str, "string | null", False),
        (str, '"a" | "b"', True),
        (str | None, '"a" | "b"', False),
        (Literal["a", "b"], '"b" | "a"', True),
        (Literal["a", "b"], '"a"', False),
        (tuple[str, ...], "string[]", True),
        (tuple[str, str], "string[]", False),
        (tuple[tuple[str, str], ...], "[string, string][]", True),
        (dict[str, tuple[str, ...]], "Record<string, string[]>", True),
        (report.Outcome | None, "Outcome | null", True),
        (report.Outcome, '"pass" | "fail"', False),
        (messages.CourseState, "State", True),
        (report.Line | None, "Part | null", False),
    ],
)
def test_what_agrees(here: Any, there: str, same: bool):
    """A type of either side that the other one has not is found."""
    assert agree(typed(here), alternatives(there)) is same
