"""Do the tests notice? `python -m workshop.tests.slips [--count 60] [--seed 1] [MODULE]…`.

Changes one small thing in a module of the engine, in a copy of the course, and runs the tests that
are there for it; again and again, each time another thing. Prints what no test noticed: a line
that can be wrong without anybody knowing.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workshop.course import ROOT, copy_to

PROOFS = {
    "report/model": "report terminal",
    "report/codec": "report progress",
    "course/layout": "course",
    "course/course": "course",
    "course/suite": "course",
    "report/curl": "curl",
    "report/comparison": "difference",
    "recorder/exchanges": "exchange",
    "recorder/routes": "exchange recorder",
    "recorder/server_trace": "exchange recorder",
    "recorder/tracebacks": "recorder advice",
    "recorder/client_trace": "exchange recorder",
    "advice/faults": "advice",
    "advice/suggestions": "advice",
    "recorder/record": "recorder advice",
    "explaining": "advice",
    "recorder/loader": "loading",
    "runner/integrity": "leftovers",
    "runner/messages": "messages",
    "runner/stack_sampler": "whereabouts",
    "workspace/progress_entries": "progress live",
    "workspace/progress_order": "progress",
    "workspace/progress": "progress",
    "terminal/comparison": "terminal",
    "terminal/evidence_text": "terminal",
    "terminal/lists": "terminal",
    "terminal/messages": "terminal",
    "terminal/page": "terminal",
    "terminal/server": "terminal",
    "terminal/signs": "terminal",
    "workspace/edits": "live cli",
    "workspace/document": "live",
    "live/security": "door",
    "live/pages": "door live",
    "terminal": "terminal",
}
"""The modules that are changed, and the tests that have to notice."""
SECONDS = 120
"""A change may make a loop endless; that is noticed too."""
OTHER: dict[type[ast.AST], Any] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip
"""What stands instead of an operator."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one thing changed."""

    module: str
    line: int
    was: str
    now: str
    source: str


def mutants(module: str, source: str) -> Iterator[Mutant]:
    """Yield the module once for each thing that can be changed in its functions."""
    tree = ast.parse(source)
    for number, node in enumerate(_changeable(tree)):
        other = copy.deepcopy(tree)
        twin = _changeable(other)[number]
        was = ast.unparse(twin)
        _change(twin)
        now = ast.unparse(twin)
        assert isinstance(node, ast.expr | ast.stmt)
        yield Mutant(module, node.lineno, was, now, ast.unparse(ast.fix_missing_locations(other)))


def _changeable(tree: ast.Module) -> list[ast.AST]:
    """Return the nodes of all functions that can be changed; annotations and defaults left out."""
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    found: dict[int, ast.AST] = {}
    for function in functions:
        for statement in function.body:
            for node in ast.walk(statement):
                if _fits(node):
                    found[id(node)] = node
    return list(found.values())


def _fits(node: ast.AST) -> bool:
    if isinstance(node, ast.Compare):
        return type(node.ops[0]) in OTHER
    if isinstance(node, ast.BinOp):
        return type(node.op) in OTHER
    if isinstance(node, ast.Constant):
        return type(node.value) in {int, bool}
    if isinstance(node, ast.Return):
        return node.value is not None and ast.unparse(node.value) != "None"
    return isinstance(node, ast.BoolOp | ast.If | ast.IfExp)


def _change(node: ast.AST) -> None:
    """Change one thing."""
    match node:
        case ast.Compare():
            node.ops[0] = OTHER[type(node.ops[0])]()
        case ast.BoolOp() | ast.BinOp():
            node.op = OTHER[type(node.op)]()
        case ast.Constant(value=bool(value)):
            node.value = not value
        case ast.Constant(value=int(value)):
            node.value = value + 1
        case ast.Return():
            node.value = ast.Constant(None)
        case ast.If() | ast.IfExp():
            node.test = ast.UnaryOp(ast.Not(), node.test)


def noticed(root: Path, module: str) -> bool:
    """Say whether the tests of a module fail in a copy of the course."""
    files = [f"workshop/tests/test_{name}.py" for name in PROOFS[module].split()]
    words = ["-m", "pytest", "-x", "-q", "-m", "not slow and not browser", "-p", "no:randomly"]
    place = {n: v for n, v in os.environ.items() if not n.startswith(("PYTEST", "COV_"))}
    place["PYTHONDONTWRITEBYTECODE"] = "1"
    place.setdefault("WORKSHOP_SAMPLE", "20")
    try:
        done = subprocess.run(
            [sys.executable, *words, "-p", "no:cacheprovider", *files],
            cwd=root,
            env=place,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def main() -> int:
    """Change the engine so many times; return 1 when a change went unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__, prog="workshop.tests.slips")
    parser.add_argument("--count", type=int, default=60, help="how many changes are tried")
    parser.add_argument("--seed", type=int, default=1, help="which of all changes they are")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="such as recorder/exchanges")
    asked = parser.parse_args()
    chosen = asked.modules or list(PROOFS)
    every = [
        mutant
        for module in chosen
        for mutant in mutants(module, (ROOT / "workshop" / f"{module}.py").read_text("utf-8"))
    ]
    sample = random.Random(asked.seed).sample(every, min(asked.count, len(every)))
    unnoticed = 0
    with tempfile.TemporaryDirectory() as folder:
        root = copy_to(Path(folder), without=("hostile", "*.png")).root
        for module in sorted({mutant.module for mutant in sample}):
            if noticed(root, module):
                sys.exit(f"The tests of {module} fail as it is: {PROOFS[module]}.")
        for mutant in sample:
            file = root / "workshop" / f"{mutant.module}.py"
            kept = file.read_bytes()
            file.write_text(mutant.source, "utf-8")
            if not noticed(root, mutant.module):
                unnoticed += 1
                print(f"workshop/{mutant.module}.py:{mutant.line}")
                print(f"  - {mutant.was}\n  + {mutant.now}", flush=True)
            file.write_bytes(kept)
    print(f"{len(sample) - unnoticed} of {len(sample)} changes were noticed, of {len(every)}.")
    return bool(unnoticed)


if __name__ == "__main__":
    sys.exit(main())
