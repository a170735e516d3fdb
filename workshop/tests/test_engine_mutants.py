"""Mutation testing of the engine: which mutants are made, and which are killed."""

from __future__ import annotations

import ast

import pytest

from workshop.course import ROOT
from workshop.tests.engine_mutants import TESTS, is_killed, mutants

SOURCE = '''
LIMIT = 3
"""Not changed: it is in no function."""

def f(x: int = 5) -> bool:
    """Not 1 change here."""
    if x == 1 and not x < 2:
        return True
    return x + 1 in (x if x else [])
'''


def test_nodes_that_are_mutated():
    """A mutant changes one operator, number, truth value, condition or return value."""
    found = {f"{mutant.before} -> {mutant.after}" for mutant in mutants("m", SOURCE)}
    assert {
        "x == 1 -> x != 1",
        "x < 2 -> x <= 2",
        "x + 1 -> x - 1",
        "1 -> 2",
        "2 -> 3",
        "True -> False",
        "return True -> return None",
        "x == 1 and (not x < 2) -> x == 1 or not x < 2",
        "x if x else [] -> x if not x else []",
    } <= found
    assert not [change for change in found if "LIMIT" in change or "5" in change]


def test_each_mutant_is_another_program():
    """Each mutant can be parsed and differs from the source and from all other mutants."""
    sources = [mutant.source for mutant in mutants("m", SOURCE)]
    assert len(set(sources)) == len(sources) == 13
    plain = ast.unparse(ast.parse(SOURCE))
    assert all(ast.parse(source) and source != plain for source in sources)


def test_modules_and_their_tests_are_there():
    """Each module in the table and each of its test files exists."""
    for module, tests in TESTS.items():
        assert (ROOT / "workshop" / f"{module}.py").exists()
        assert all((ROOT / f"workshop/tests/test_{name}.py").exists() for name in tests.split())


@pytest.mark.slow
@pytest.mark.parametrize(("sign", "seen"), [("<", False), ("<=", True)])
def test_a_mutant_is_killed(scratch, sign, seen):
    """A change of behaviour makes the tests fail; a change without an effect does not."""
    file = scratch / "workshop" / "terminal" / "glyphs.py"
    file.write_text(file.read_text("utf-8") + f"\n\nif 1 {sign} 1:\n    ASCII.clear()\n", "utf-8")
    assert is_killed(scratch, "terminal/glyphs") is seen
