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
"""What is entered without a name."""
LIBRARY_TYPES = (
    ClientResponse,
    ClientSession,
    web.Response,
    web.StreamResponse,
    web.Application,
    TaskGroup,
)
"""Whose methods a statement may name without calling them."""
REQUEST_MAPPINGS = ("query", "match_info", "headers")
"""Dictionaries that are part of a request."""
QUOTED_LENGTH = 50
"""Letters of an expression that are quoted."""


def failing_source(error: BaseException, inside: bool = False) -> str:
    """Return the part of the learner's innermost line at which an exception arose, or "".

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
    """Return the call at which an exception arose, or None where it is something else."""
    node = parse_expression(failing_source(error, inside))
    while isinstance(node, ast.Await):
        node = node.value
    return node if isinstance(node, ast.Call) else None


def parse_expression(text: str) -> ast.expr | None:
    """Return an expression as a tree, or None for what is none."""
    try:
        return ast.parse(f"({text})", mode="eval").body
    except (SyntaxError, ValueError, RecursionError):
        return None


def quoted_parts(error: BaseException) -> dict[str, str]:
    """Return the names by which advice quotes what ran, and what they stand for.

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
    """Return the first statement of a file that names a function, or compares, and does nothing."""
    for node in ast.walk(module_tree(filename)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Attribute | ast.Compare):
            return node
    return None


def uncalled_method(filename: str) -> ast.Expr | None:
    """Return the first statement of a file that names a method which does something, and no more.

    Only methods count that nobody names for nothing: those of aiohttp's and asyncio's objects.
    """
    for node in ast.walk(module_tree(filename)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Attribute):
            name = node.value.attr
            if any(inspect.isfunction(getattr(kind, name, None)) for kind in LIBRARY_TYPES):
                return node
    return None


def searched_mapping(error: KeyError) -> Mapping[str, object]:
    """Return the dictionary in which a key that is written down was looked for in vain.

    It is {} where the dictionary is not known, or the key comes from elsewhere.
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
    """Return the line of a file on which a text is handed to a function, if any."""
    for call in ast.walk(module_tree(filename)):
        for value in call.args if isinstance(call, ast.Call) else ():
            if isinstance(value, ast.Constant) and value.value == text:
                return value.lineno
    return None


def line_of_keyword(filename: str, *names: str) -> int | None:
    """Return the line of a file on which an argument is given by one of these names, if any."""
    for node in ast.walk(module_tree(filename)):
        if isinstance(node, ast.keyword) and node.arg in names:
            return node.value.lineno
    return None


def line_assigning(filename: str, name: str) -> int | None:
    """Return the line of a file on which a name of the whole module first gets a value, if any."""
    for node in module_tree(filename).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            return node.lineno
    return None


def module_tree(filename: str) -> ast.Module:
    """Return a file as a tree, as it was when it was read; an empty one for what is no Python."""
    try:
        return ast.parse("".join(linecache.getlines(filename)))
    except (SyntaxError, ValueError, RecursionError):
        return ast.Module([], [])


def unnamed_with_line(traceback: TracebackType) -> int | None:
    """Return the line of a `with` around a line that gives what it enters no name, if any."""
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
    """A text that is written in double quotes where that takes no escape."""

    __slots__ = ()

    def __repr__(self) -> str:
        plain = str.__repr__(self)
        return plain if set(plain) & set('"\\') else f'"{plain[1:-1]}"'


def _running_source(traceback: TracebackType) -> str:
    """Return the source of what ran in a frame, however many lines that takes."""
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
