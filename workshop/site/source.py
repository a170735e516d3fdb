"""Where the parts of a source file stand: its objects by name, its regions."""

from __future__ import annotations

import ast
import re
from difflib import get_close_matches

from workshop.course import CourseError

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
Lines = tuple[int, int]
"""First and last line, from 1."""


def objects(source: str, where: str) -> dict[str, Lines]:
    """Return the lines of each function, class, method ("Class.method") and variable of a module.

    A decorator belongs to what it decorates. Text that is no Python has no objects.
    """
    if not where.endswith(".py"):
        return {}
    try:
        module = ast.parse(source, where)
    except SyntaxError as error:
        raise CourseError(f"{where} is no Python: {error}. Mend it, then build again.") from error
    found: dict[str, Lines] = {}
    for node in module.body:
        found |= _named(node)
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                found |= {f"{node.name}.{name}": lines for name, lines in _named(inner).items()}
    return found


def _named(node: ast.stmt) -> dict[str, Lines]:
    lines = (node.lineno, node.end_lineno or node.lineno)
    if isinstance(node, DEFINITIONS):
        first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        return {node.name: (first, lines[1])}
    if isinstance(node, ast.Assign):
        return {t.id: lines for target in node.targets for t in ast.walk(target)
                if isinstance(t, ast.Name) and isinstance(t.ctx, ast.Store)}  # fmt: skip
    if isinstance(node, ast.AnnAssign):
        return {ast.unparse(node.target): lines}
    return {}


def find_object(source: str, name: str, where: str) -> Lines:
    """Return the lines of an object; raises CourseError, with the nearest names, without it."""
    known = objects(source, where)
    if name not in known:
        near = get_close_matches(name, known, n=3, cutoff=0.4) or list(known)
        raise CourseError(f'{where} has no object "{name}". Did you mean: {", ".join(near)}?')
    return known[name]


def find_region(source: str, name: str, where: str) -> Lines:
    """Return the lines between `# region: name` and `# endregion`; raises CourseError without."""
    begin = re.compile(rf"\s*# region: {re.escape(name)}\s*")
    end = re.compile(r"\s*# endregion\b.*")
    lines = source.splitlines()
    first = next((n for n, line in enumerate(lines, 1) if begin.fullmatch(line)), 0)
    last = next((n for n, line in enumerate(lines, 1) if n > first and end.fullmatch(line)), 0)
    if not first or last <= first + 1:
        raise CourseError(
            f'{where} has no region "{name}". '
            f'Put its lines between "# region: {name}" and "# endregion".'
        )
    return first + 1, last - 1
