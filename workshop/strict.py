"""Data from outside: exactly of the type that it must have, or a sentence that says where not."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar, cast

import cattrs
from cattrs.cols import is_sequence, list_structure_factory
from cattrs.gen import make_dict_structure_fn

Wanted = TypeVar("Wanted")
PLAIN = (str, int, bool, float)

_converter = cattrs.Converter()


def structure(data: object, kind: type[Wanted]) -> Wanted:
    """Return plain data, as JSON gives it, as a dataclass, dict or list; nothing is converted.

    Keys that the type does not know are left out. Raises ValueError with a sentence.
    """
    try:
        return _converter.structure(data, kind)
    except cattrs.BaseValidationError as error:
        raise ValueError("; ".join(cattrs.transform_error(error)[:3]) + ".") from error
    except (TypeError, AttributeError, KeyError, ValueError, RecursionError) as error:
        raise ValueError("An object was wanted, with its fields by their names.") from error


def _as_it_is(value: object, kind: type[Any]) -> object:
    """Take a value of just this type: no "1" for 1, no True for 1."""
    if type(value) is not kind:
        raise TypeError(f"{kind.__name__} was wanted")
    return value


def _list(kind: Any, converter: cattrs.Converter) -> Any:
    """Take a list for a list; a text is no list of letters."""
    inside = list_structure_factory(kind, converter)
    return lambda value, kind: inside(_as_it_is(value, list), kind)


def _object(kind: Any, converter: cattrs.Converter) -> Any:
    """Take a dict for a dataclass, and nothing else that has no such key."""
    inside = make_dict_structure_fn(kind, converter)
    return lambda value, kind: inside(cast("dict[str, Any]", _as_it_is(value, dict)), kind)


for plain in PLAIN:
    _converter.register_structure_hook(plain, _as_it_is)
_converter.register_structure_hook_factory(is_sequence, _list)
_converter.register_structure_hook_factory(dataclasses.is_dataclass, _object)
