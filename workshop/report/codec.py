"""The codec: dataclasses as plain data for JSON, and back, on disk, in pipes and on the wire.

Decoding is strict: no value is converted to another type. A report has Exercism's keys: a superset
of its results, version 3, so whatever reads those can read these
(https://exercism.org/docs/building/tooling/test-runners/interface).
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar, cast, get_args, get_origin

import cattrs
from cattrs.cols import (
    homogenous_tuple_structure_factory,
    is_mutable_sequence,
    list_structure_factory,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from workshop.report.model import Check, Report

Decoded = TypeVar("Decoded")
Hook = Callable[[Any, Any], Any]

VERSION = 3
CARRIED = "workshop"
"""The attribute by which a report of pytest carries a check, as JSON, to another process."""
KEYS = {
    Report: {"outcome": "status", "checks": "tests"},
    Check: {"outcome": "status", "code": "test_code"},
}
"""Exercism's keys, by the name of our field."""
FIRST_KEYS: dict[type, dict[str, object]] = {
    Report: {"version": VERSION, **dict.fromkeys(("status", "message", "tests"))},
    Check: dict.fromkeys(("name", "status", "message", "output", "test_code")),
}
"""Keys that come before all others."""
NUMBERS = (int, float)


def encode(value: object) -> Any:
    """Return plain dicts, lists, tuples, strings and numbers, as `json.dumps` takes them."""
    return _converter.unstructure(value)


def decode(data: object, kind: type[Decoded]) -> Decoded:
    """Return plain data, as JSON gives it, as a dataclass, dict or list; nothing is converted.

    Keys that the type does not know are left out. Raises ValueError with a sentence that says
    where the data has another type.
    """
    try:
        return _converter.structure(data, kind)
    except cattrs.BaseValidationError as error:
        raise ValueError("; ".join(cattrs.transform_error(error)[:3]) + ".") from error
    except (TypeError, AttributeError, KeyError, ValueError, RecursionError) as error:
        raise ValueError("An object was wanted, with its fields by their names.") from error


def make_ready(encoded: Iterable[type[Any]] = (), decoded: Iterable[type[Any]] = ()) -> None:
    """Build the hooks of types ahead: the first value of a type takes milliseconds."""
    for kind in encoded:
        _converter.get_unstructure_hook(kind)
    for kind in decoded:
        _converter.get_structure_hook(kind)


def to_json(report: Report) -> str:
    """Return the report as one line of JSON that can be encoded as UTF-8."""
    text = json.dumps(encode(report), ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")  # half of a letter: its escape


def from_json(text: str) -> Report:
    """Return the report that `to_json` wrote. Raises ValueError for anything else."""
    data = json.loads(text)
    try:
        return decode(data, Report)
    except ValueError as error:
        raise ValueError(f"not a report: {error}") from error


def _exact(value: object, kind: type[Any]) -> object:
    """Accept a value of exactly this type: no "1" for 1, no True for 1."""
    if type(value) is not kind:
        raise TypeError(f"{kind.__name__} was wanted")
    return value


def _number(value: object, _: type[float]) -> object:
    """Accept an int for a float: JSON has one type of numbers."""
    if type(value) not in NUMBERS:
        raise TypeError("float was wanted")
    return value


def _sequence(value: object) -> Any:
    """Accept a list of JSON, or a tuple of `encode`."""
    if type(value) not in (list, tuple):
        raise TypeError("list was wanted")
    return value


def _list(kind: Any, converter: cattrs.Converter) -> Hook:
    """Accept a list for a list, and no text."""
    inside = list_structure_factory(kind, converter)
    return lambda value, kind: inside(_sequence(value), kind)


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _tuple(kind: Any, converter: cattrs.Converter) -> Hook:
    """Accept a list for a tuple, of any length or of the length of the type."""
    if get_args(kind)[-1] is ...:
        inside = homogenous_tuple_structure_factory(kind, converter)
    else:
        inside = converter.gen_structure_hetero_tuple(kind)
    return lambda value, kind: inside(_sequence(value), kind)


def _object(kind: Any, converter: cattrs.Converter) -> Hook:
    """Accept a dict for a dataclass."""
    inside = make_dict_structure_fn(kind, converter, **_overrides(kind))
    return lambda value, kind: inside(cast("dict[str, Any]", _exact(value, dict)), kind)


def _ordered(kind: Any, converter: cattrs.Converter) -> Callable[[Any], Any]:
    """Return a hook that encodes a dataclass as a dict which begins with `FIRST_KEYS`."""
    plain = make_dict_unstructure_fn(kind, converter, **_overrides(kind))
    first = FIRST_KEYS[kind]
    return lambda value: {**first, **plain(value)}


def _overrides(kind: type[Any]) -> dict[str, Any]:
    return {own: override(rename=key) for own, key in KEYS.get(kind, {}).items()}


_converter = cattrs.Converter()
for plain in (str, int, bool):
    _converter.register_structure_hook(plain, _exact)
_converter.register_structure_hook(float, _number)
_converter.register_structure_hook(StrEnum, lambda value, kind: kind(value))
_converter.register_structure_hook_factory(is_mutable_sequence, _list)
_converter.register_structure_hook_factory(_is_tuple, _tuple)
_converter.register_structure_hook_factory(dataclasses.is_dataclass, _object)
_converter.register_unstructure_hook_factory(FIRST_KEYS.__contains__, _ordered)
