"""The sampler of changes: what it changes, and that the tests notice (`nox -s slips`)."""

from __future__ import annotations

import ast

import pytest

from workshop.course import ROOT
from workshop.tests.slips import PROOFS, mutants, noticed

SOURCE = '''
LIMIT = 3
"""Not changed: it is in no function."""

def f(x: int = 5) -> bool:
    """Not 1 change here."""
    if x == 1 and not x < 2:
        return True
    return x + 1 in (x if x else [])
'''


def test_what_is_changed():
    """Operators, numbers, truths, conditions and what is returned, one at a time."""
    found = {f"{mutant.was} -> {mutant.now}" for mutant in mutants("m", SOURCE)}
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


def test_each_is_another_program():
    """One thing differs, and it can still be read."""
    sources = [mutant.source for mutant in mutants("m", SOURCE)]
    assert len(set(sources)) == len(sources) == 13
    plain = ast.unparse(ast.parse(SOURCE))
    assert all(ast.parse(source) and source != plain for source in sources)


def test_modules_and_their_tests_are_there():
    """A module that moved takes its line along."""
    for module, tests in PROOFS.items():
        assert (ROOT / "workshop" / f"{module}.py").exists()
        assert all((ROOT / f"workshop/tests/test_{name}.py").exists() for name in tests.split())


@pytest.mark.slow
@pytest.mark.parametrize(("sign", "seen"), [("<", False), ("<=", True)])
def test_a_change_is_noticed(scratch, sign, seen):
    """Where it changes what a learner reads, and not where it is none."""
    file = scratch / "workshop" / "view" / "signs.py"
    file.write_text(file.read_text("utf-8") + f"\n\nif 1 {sign} 1:\n    ASCII.clear()\n", "utf-8")
    assert noticed(scratch, "terminal/signs") is seen
