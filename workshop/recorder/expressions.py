"""The AST of a learner's line: the expression that raised an exception, and searches in a file."""

from __future__ import annotations

import ast
import inspect
import linecache
import re
from asyncio import TaskGroup
from collections.abc import Iterator, Mapping
from itertools import islice
from types import TracebackType

from aiohttp import ClientResponse, ClientSession, web

from workshop.recorder.tracebacks import course_path

NEEDS_NO_NAME = re.compile(r"\b(?:timeout\w*|suppress|raises|\w*[Ll]ock|\w*[Ss]emaphore\w*|begin)$")
"""Context managers that need no `as NAME`."""
LIBRARY_TYPES = (
    ClientResponse,
    ClientSession,
    web.Response,
    web.StreamResponse,
    web.Application,
    TaskGroup,
)
"""Classes whose methods do nothing unless they are called."""
REQUEST_MAPPINGS = ("query", "match_info", "headers")
"""Attributes of a request that are mappings."""
QUOTED_LENGTH = 50
"""Letters of an expression that are quoted."""


def failing_source(error: BaseException, inside: bool = False) -> str:
    """Return the source of the learner's innermost expression that raised an exception, or "".

    A line of a step counts only where none of the learner's was passed. With `inside`, only
    where that line raised it itself, not something in Python that it called.
    """
    passed = [t for t in _tracebacks(error) if course_path(t.tb_frame.f_code.co_filename)]
    own = [
        t
        for t in passed
        if not str(course_path(t.tb_frame.f_code.co_filename)).startswith("steps/")
    ]
    last = next(reversed(own or passed), None)
    if last is None or (inside and last.tb_next is not None):
        return ""
    return _running_source(last)


def failing_call(error: BaseException, inside: bool = False) -> ast.Call | None:
    """Return the call that raised an exception, or None for another expression."""
    node = parse_expression(failing_source(error, inside))
    while isinstance(node, ast.Await):
        node = node.value
    return node if isinstance(node, ast.Call) else None


def parse_expression(text: str) -> ast.expr | None:
    """Return the AST of an expression, or None for text that is none."""
    try:
        return ast.parse(f"({text})", mode="eval").body
    except (SyntaxError, ValueError, RecursionError):
        return None


def quoted_parts(error: BaseException) -> dict[str, str]:
    """Return the parts of the failing expression that advice can quote, by their names.

    `written` is all of it, without `await`. Of a call `function` is what was called, `first` the
    first thing in its parentheses, `index` the same with brackets, `star` with a star before the
    first, `inner` with the call that is its first argument taken apart, `outer` put together.
    """
    node = parse_expression(failing_source(error))
    while isinstance(node, ast.Await):
        node = node.value
    if node is None:
        return {}
    found = {"written": shortened(node)}
    if isinstance(node, ast.Call):
        found |= {"function": shortened(node.func)}
        if node.args:
            found |= _parts_of_call(node, node.args[0])
    return found


def idle_statement(filename: str) -> ast.Expr | None:
    """Return the first statement of a file that is only a name or a comparison, or None."""
    for node in ast.walk(module_tree(filename)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Attribute | ast.Compare):
            return node
    return None


def uncalled_method(filename: str) -> ast.Expr | None:
    """Return the first statement of a file that names a method without calling it, or None.

    Only methods of aiohttp's and asyncio's classes count.
    """
    for node in ast.walk(module_tree(filename)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Attribute):
            name = node.value.attr
            if any(inspect.isfunction(getattr(kind, name, None)) for kind in LIBRARY_TYPES):
                return node
    return None


def searched_mapping(error: KeyError) -> Mapping[str, object]:
    """Return the mapping that had no such key, for a key that is a literal.

    It is {} if the mapping is unknown, or the key is no literal.
    """
    node = parse_expression(failing_source(error, inside=True))
    *_, traceback = [None, *_tracebacks(error)]
    if not isinstance(node, ast.Subscript) or traceback is None:
        return {}
    if not isinstance(node.slice, ast.Constant):
        return {}
    names, owner = traceback.tb_frame.f_locals | traceback.tb_frame.f_globals, node.value
    value = names.get(owner.id) if isinstance(owner, ast.Name) else None
    if isinstance(owner, ast.Attribute) and isinstance(owner.value, ast.Name):
        request = names.get(owner.value.id)
        if isinstance(request, web.BaseRequest) and owner.attr in REQUEST_MAPPINGS:
            value = getattr(request, owner.attr)
    return value if isinstance(value, Mapping) else {}


def line_passing(filename: str, text: str) -> int | None:
    """Return the line of a file that passes a text to a function, or None."""
    for call in ast.walk(module_tree(filename)):
        for value in call.args if isinstance(call, ast.Call) else ():
            if isinstance(value, ast.Constant) and value.value == text:
                return value.lineno
    return None


def line_of_keyword(filename: str, *names: str) -> int | None:
    """Return the line of a file that has one of these keyword arguments, or None."""
    for node in ast.walk(module_tree(filename)):
        if isinstance(node, ast.keyword) and node.arg in names:
            return node.value.lineno
    return None


def line_assigning(filename: str, name: str) -> int | None:
    """Return the line of a file that first assigns a global name, or None."""
    for node in module_tree(filename).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            return node.lineno
    return None


def module_tree(filename: str) -> ast.Module:
    """Return the AST of a file as it was loaded; an empty module for a syntax error."""
    try:
        return ast.parse("".join(linecache.getlines(filename)))
    except (SyntaxError, ValueError, RecursionError):
        return ast.Module([], [])


def unnamed_with_line(traceback: TracebackType) -> int | None:
    """Return the line of a `with` without `as` around the line of a traceback, or None."""
    filename, number = traceback.tb_frame.f_code.co_filename, traceback.tb_lineno
    found = None
    for node in ast.walk(module_tree(filename)):
        if not isinstance(node, ast.With | ast.AsyncWith):
            continue
        if node.lineno < number <= (node.end_lineno or 0):
            for item in node.items:
                opened = isinstance(item.context_expr, ast.Call) and not NEEDS_NO_NAME.search(
                    ast.unparse(item.context_expr.func)
                )
                if opened and item.optional_vars is None:
                    found = item.context_expr.end_lineno
    return found


def _parts_of_call(node: ast.Call, first: ast.expr) -> dict[str, str]:
    function, rest = shortened(node.func), node.args[1:]
    given = ", ".join(shortened(arg) for arg in rest)
    more = f", {given}" if given else ""
    star = shortened(first)
    if isinstance(first, ast.Dict | ast.DictComp):
        star = "{…}.values()"
    elif isinstance(first, ast.List | ast.ListComp | ast.Tuple):
        star = "[…]"
    elif isinstance(first, ast.GeneratorExp):
        star = "(…)"
    found = {
        "first": shortened(first),
        "index": f"{function}[{shortened(first)}]",
        "star": f"{function}(*{star})",
        "outer": f"{function}({shortened(first)}({given or '…'}))",
    }
    if isinstance(first, ast.Call) and not first.keywords:
        apart = ", ".join(map(shortened, (first.func, *first.args)))
        found["inner"] = f"{function}({apart}{more})"
    return found


def shortened(node: ast.AST) -> str:
    """Return an expression as the course writes it, with "…" for the inside of a long one."""
    text = unparsed(node)
    if len(text) <= QUOTED_LENGTH and "\n" not in text:
        return text
    return f"{shortened(node.func)}(…)" if isinstance(node, ast.Call) else "…"


def unparsed(node: ast.AST) -> str:
    """Return an expression as the course writes it, text in double quotes."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            inner.value = _DoubleQuoted(inner.value)
    return ast.unparse(node)


class _DoubleQuoted(str):
    """A text whose repr() has double quotes, unless that needs an escape."""

    __slots__ = ()

    def __repr__(self) -> str:
        plain = str.__repr__(self)
        return plain if set(plain) & set('"\\') else f'"{plain[1:-1]}"'


def _running_source(traceback: TracebackType) -> str:
    """Return the source of the expression that a frame runs, over one or more lines."""
    code = traceback.tb_frame.f_code
    at = traceback.tb_lasti // 2
    first, last, left, right = next(islice(code.co_positions(), at, None), (None,) * 4)
    if first is None or last is None or left is None or right is None:
        return ""
    lines = [line.encode() for line in linecache.getlines(code.co_filename)[first - 1 : last]]
    if not lines:
        return ""
    lines[-1] = lines[-1][:right]
    lines[0] = lines[0][left:]
    return b"".join(lines).decode(errors="replace")


def _tracebacks(error: BaseException) -> Iterator[TracebackType]:
    traceback = error.__traceback__
    while traceback:
        yield traceback
        traceback = traceback.tb_next
