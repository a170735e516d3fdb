"""Mutation testing of the engine by a random sample: `nox -s engine-mutants`.

`python -m workshop.tests.engine_mutants [--count 60] [--seed 1] [MODULE]…` makes mutants of the
engine's modules in a copy of the course, runs the tests of the changed module on each mutant, and
prints the mutants that survive.

The project keeps this small tool because mutmut and cosmic-ray do not fit: they run every mutant
of a module, and this tool runs a sample over all modules; they need an installed package with its
tests beside it, and the engine runs from its folder, starts processes there, and has its tests in
`workshop/tests/`.
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

TESTS = {
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
    "recorder/check_record": "recorder advice",
    "advice/explain": "advice",
    "recorder/loader": "loader",
    "runner/integrity": "integrity",
    "runner/protocol": "protocol",
    "runner/stack_sampler": "stack_sampler",
    "workspace/progress_file": "progress live",
    "workspace/progress": "progress",
    "terminal/evidence_text": "terminal",
    "terminal/lists": "terminal",
    "terminal/exchange_text": "terminal",
    "terminal/page": "terminal",
    "terminal/glyphs": "terminal",
    "workspace/edits": "live cli",
    "workspace/document": "live",
    "live/security": "security",
    "live/pages": "security live",
    "terminal/report_text": "terminal",
}
"""The modules that are mutated, and the test files that must kill their mutants."""
TIMEOUT = 120
"""Seconds for one run of tests; a mutant that takes longer, as in an endless loop, is killed."""
REPLACEMENTS: dict[type[ast.AST], Any] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip
"""The operator that replaces an operator."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module of the engine with one change."""

    module: str
    line: int
    before: str
    after: str
    source: str


def mutants(module: str, source: str) -> Iterator[Mutant]:
    """Yield one mutant of a module for each node that can be changed in its functions."""
    tree = ast.parse(source)
    for number, node in enumerate(_changeable(tree)):
        other = copy.deepcopy(tree)
        twin = _changeable(other)[number]
        before = ast.unparse(twin)
        _change(twin)
        after = ast.unparse(twin)
        assert isinstance(node, ast.expr | ast.stmt)
        yield Mutant(
            module, node.lineno, before, after, ast.unparse(ast.fix_missing_locations(other))
        )


def _changeable(tree: ast.Module) -> list[ast.AST]:
    """Return the nodes in function bodies that can be changed."""
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
        return type(node.ops[0]) in REPLACEMENTS
    if isinstance(node, ast.BinOp):
        return type(node.op) in REPLACEMENTS
    if isinstance(node, ast.Constant):
        return type(node.value) in {int, bool}
    if isinstance(node, ast.Return):
        return node.value is not None and ast.unparse(node.value) != "None"
    return isinstance(node, ast.BoolOp | ast.If | ast.IfExp)


def _change(node: ast.AST) -> None:
    """Change a node in place."""
    match node:
        case ast.Compare():
            node.ops[0] = REPLACEMENTS[type(node.ops[0])]()
        case ast.BoolOp() | ast.BinOp():
            node.op = REPLACEMENTS[type(node.op)]()
        case ast.Constant(value=bool(value)):
            node.value = not value
        case ast.Constant(value=int(value)):
            node.value = value + 1
        case ast.Return():
            node.value = ast.Constant(None)
        case ast.If() | ast.IfExp():
            node.test = ast.UnaryOp(ast.Not(), node.test)


def is_killed(root: Path, module: str) -> bool:
    """Return whether the tests of a module fail in a copy of the course."""
    files = [f"workshop/tests/test_{name}.py" for name in TESTS[module].split()]
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
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def main() -> int:
    """Test the sample; return the exit code: 1 when a mutant survived."""
    parser = argparse.ArgumentParser(description=__doc__, prog="workshop.tests.engine_mutants")
    parser.add_argument("--count", type=int, default=60, help="how many mutants are tested")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the random sample")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="such as recorder/exchanges")
    options = parser.parse_args()
    chosen = options.modules or list(TESTS)
    every = [
        mutant
        for module in chosen
        for mutant in mutants(module, (ROOT / "workshop" / f"{module}.py").read_text("utf-8"))
    ]
    sample = random.Random(options.seed).sample(every, min(options.count, len(every)))
    survived = 0
    with tempfile.TemporaryDirectory() as folder:
        root = copy_to(Path(folder), without=("hostile", "*.png")).root
        for module in sorted({mutant.module for mutant in sample}):
            if is_killed(root, module):
                sys.exit(f"The tests of {module} fail as it is: {TESTS[module]}.")
        for mutant in sample:
            file = root / "workshop" / f"{mutant.module}.py"
            kept = file.read_bytes()
            file.write_text(mutant.source, "utf-8")
            if not is_killed(root, mutant.module):
                survived += 1
                print(f"workshop/{mutant.module}.py:{mutant.line}")
                print(f"  - {mutant.before}\n  + {mutant.after}", flush=True)
            file.write_bytes(kept)
    print(f"{len(sample) - survived} of {len(sample)} mutants were killed, of {len(every)}.")
    return bool(survived)


if __name__ == "__main__":
    sys.exit(main())
