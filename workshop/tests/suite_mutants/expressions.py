"""The changes of an expression: one part of it is replaced or removed."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator

from workshop.tests.engine_mutants import REPLACEMENTS

Variant = tuple[str, str]
"""The kind of a change, and the new source."""

TWINS = {
    "fullmatch": "match",
    "match": "search",
    "startswith": "endswith",
    "any": "all",
    "all": "any",
    "min": "max",
    "max": "min",
    "ceil": "floor",
    "removeprefix": "removesuffix",
    "setdefault": "get",
    "HTTPException": "HTTPError",
    "HTTPSeeOther": "HTTPFound",
    "HTTPFound": "HTTPSeeOther",
    "HTTPBadRequest": "HTTPNotFound",
    "new_session": "get_session",
}
"""Names that are easily confused."""
TIGHT = (
    ast.Name,
    ast.Constant,
    ast.Call,
    ast.Attribute,
    ast.Subscript,
    ast.List,
    ast.Dict,
    ast.Set,
)
"""Expressions that need no parentheses."""
TYPED = ("AppKey", "RequestKey", "ResponseKey", "ContextVar", "getLogger", "cast")
"""Calls whose arguments have no effect that a test can see."""


def variants(node: ast.expr) -> Iterator[Variant]:
    """Yield the changes of this node itself, without those of its child nodes."""
    match node:
        case ast.Compare():
            yield from _compared(node)
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield "and, or", spelt(ast.BoolOp(other, node.values))
            for at in range(len(node.values)):
                rest = node.values[:at] + node.values[at + 1 :]
                yield "condition left out", spelt(_joined(node.op, rest))
        case ast.UnaryOp(op=ast.Not()):
            yield "not", spelt(node.operand)
        case ast.BinOp():
            yield from _computed(node)
        case ast.Constant():
            yield from _constant(node.value)
        case ast.IfExp():
            yield "if", spelt(ast.IfExp(node.test, node.orelse, node.body))
        case ast.Await():
            yield "await", spelt(node.value)
        case ast.Call():
            yield from _called(node)
        case ast.Tuple(ctx=ast.Load()) | ast.List(ctx=ast.Load()) | ast.Set():
            for at in range(len(node.elts)):
                yield "left out", _without(node, "elts", at)
        case ast.Dict():
            for at in range(len(node.keys)):
                yield "left out", _without(node, "keys", at, "values")
        case ast.Subscript(slice=ast.Slice() as part):
            for name in ("lower", "upper", "step"):
                if getattr(part, name) is not None:
                    yield "slice", _changed(node, ("slice", name), None)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            yield from _named(node, name)
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            for at, made in enumerate(node.generators):
                if made.ifs:
                    other_made = copy.deepcopy(node)
                    other_made.generators[at].ifs = []
                    yield "if", ast.unparse(other_made)


def spelt(node: ast.expr) -> str:
    """Return the source of an expression, in parentheses where it may need them."""
    text = ast.unparse(node)
    bare = isinstance(node, TIGHT) or text.startswith("(")
    return text if bare else f"({text})"


def _compared(node: ast.Compare) -> Iterator[Variant]:
    for at, op in enumerate(node.ops):
        if type(op) in REPLACEMENTS:
            other = copy.deepcopy(node)
            other.ops[at] = REPLACEMENTS[type(op)]()
            yield type(op).__name__, spelt(other)


def _computed(node: ast.BinOp) -> Iterator[Variant]:
    if isinstance(node.op, ast.BitOr):
        yield "left out", spelt(node.left)
        return
    swaps: dict[type[ast.operator], type[ast.operator]] = {
        ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.FloorDiv,
        ast.Mod: ast.Add, ast.FloorDiv: ast.Mult, ast.Pow: ast.Mult,
    }  # fmt: skip
    words = isinstance(node.left, ast.Constant | ast.JoinedStr) and not isinstance(
        getattr(node.left, "value", ""), int | float
    )
    if type(node.op) in swaps and not words:
        yield "operator", spelt(ast.BinOp(node.left, swaps[type(node.op)](), node.right))
    yield "left out", spelt(node.left)


def _constant(value: object) -> Iterator[Variant]:
    if isinstance(value, bool):
        yield "truth", repr(not value)
    elif isinstance(value, int | float):
        yield "number", repr(value + 1)
        yield "number", repr(value - 1)
    elif isinstance(value, str) and re.fullmatch(r"[\x21-\x3b\x3d-\x7e]{1,40}", value):
        yield "text", repr(value + "_")


def _called(node: ast.Call) -> Iterator[Variant]:
    if ast.unparse(node.func).rpartition(".")[2] in TYPED:
        return
    if len(node.args) == 1 and not node.keywords and not isinstance(node.args[0], ast.Starred):
        yield "call", spelt(node.args[0])
    for at, keyword in enumerate(node.keywords):
        if not _prose(keyword.value) and keyword.arg != "id":
            yield "argument", _without(node, "keywords", at)
    for at, given in enumerate(node.args):
        if len(node.args) > 1:
            yield "argument", _without(node, "args", at)
        if not _prose(given) and ast.unparse(given) != "None":
            other = copy.deepcopy(node)
            other.args[at] = ast.Constant(None)
            yield "nothing given", ast.unparse(other)


def _named(node: ast.Name | ast.Attribute, name: str) -> Iterator[Variant]:
    refusal = name.startswith("HTTP") and name not in TWINS and name[4:5].isupper()
    other = "HTTPBadRequest" if refusal and name != "HTTPError" else TWINS.get(name)
    if other and isinstance(node, ast.Attribute):
        yield "name", f"{ast.unparse(node.value)}.{other}"
    elif other:
        yield "name", other


def _prose(value: ast.expr) -> bool:
    """Return whether a text is a sentence, which only people read."""
    parts = value.values if isinstance(value, ast.JoinedStr) else [value]
    return any(isinstance(p, ast.Constant) and " " in str(p.value) for p in parts)


def _joined(op: ast.boolop, values: list[ast.expr]) -> ast.expr:
    return values[0] if len(values) == 1 else ast.BoolOp(op, values)


def _without(node: ast.expr, name: str, at: int, also: str = "") -> str:
    """Return the source of a node without one of its parts."""
    other = copy.deepcopy(node)
    for part in filter(None, (name, also)):
        del getattr(other, part)[at]
    return ast.unparse(other)


def _changed(node: ast.expr, path: tuple[str, ...], value: object) -> str:
    """Return the source of a node in which a nested value is replaced."""
    other = copy.deepcopy(node)
    place: object = other
    for name in path[:-1]:
        place = getattr(place, name)
    setattr(place, path[-1], value)
    return ast.unparse(other)
