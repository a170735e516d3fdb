"""Mutation testing of the suites: which mutants are made, selected, killed and accepted."""

from __future__ import annotations

import ast
import functools
from collections import Counter
from dataclasses import replace

import pytest

from workshop import course
from workshop.course import CourseError, Exercise
from workshop.tests.suite_mutants.__main__ import score
from workshop.tests.suite_mutants.accepted import Accepted, read
from workshop.tests.suite_mutants.changes import changes
from workshop.tests.suite_mutants.runner import run_mutants
from workshop.tests.suite_mutants.selection import Mutant, chosen, learners_lines, mutants

EXERCISES = course.discover().exercises

SOURCE = b'''\
KEY = web.AppKey("key", dict[str, int])

async def f(x: int, name: str) -> str:
    """Nothing 1 of this is changed."""
    if x >= 1 and not name.startswith(("a", "b")):
        raise web.HTTPNotFound(text="There is no such thing")
    async with lock:
        x += 1
    try:
        await g(x, limit=True)
    except ValueError:
        return f"<p>{escape(name)}</p>"
    return names[:9] or {"a": x * 2}
'''
PAGE = b'''\
PAGE = """
{% if post.owner == user %}<a href="{{ post.site }}" rel="next">{{ post.title | e }}</a>{% endif %}
"""
SQL = "SELECT * FROM posts WHERE id = :id ORDER BY id DESC"
'''


@functools.cache
def all_mutants() -> list[list[Mutant]]:
    """Return all mutants of each exercise."""
    return [mutants(exercise) for exercise in EXERCISES]


def found(source: bytes) -> set[str]:
    """Return the changes of a source, as they are printed."""
    lines = set(range(1, source.count(b"\n") + 1))
    return {f"{change.was(source)} -> {change.now}" for change in changes(source, lines)}


def test_changes_of_python():
    """Changes hit conditions, raise, await, arguments and statements, but no texts and types."""
    assert found(SOURCE) >= {
        "x >= 1 -> (x > 1)",
        "x >= 1 and not name.startswith((\"a\", \"b\")) -> (x >= 1)",
        "not name.startswith((\"a\", \"b\")) -> name.startswith(('a', 'b'))",
        "(\"a\", \"b\") -> ('b',)",
        "web.HTTPNotFound -> web.HTTPBadRequest",
        'raise web.HTTPNotFound(text="There is no such thing") -> pass',
        "async with lock -> if True",
        "x += 1 -> pass",
        "await g(x, limit=True) -> g(x, limit=True)",
        "g(x, limit=True) -> g(x)",
        "True -> False",
        "ValueError -> ZeroDivisionError",
        "escape(name) -> name",
        "names[:9] -> names[:]",
        "9 -> 10",
        'return names[:9] or {"a": x * 2} -> return None',
        '{"a": x * 2} -> {}',
    }  # fmt: skip
    assert not [fault for fault in found(SOURCE) if fault.startswith(("Nothing", "int", '"key"'))]
    assert not [fault for fault in found(SOURCE) if "thing" in fault.partition(" -> ")[0][:9]]


def test_changes_of_templates_and_sql():
    """Changes hit expressions, branches, quotes and attributes of a template, and SQL clauses."""
    assert found(PAGE) >= {
        "{{ post.site }} -> ",
        "post.site -> post.site | safe",
        "post.title | e -> post.title",
        "post.title | e -> post.title | safe",
        "post.owner == user -> (post.owner != user)",
        "post.owner == user -> true",
        '"{{ post.site }}" -> {{ post.site }}',
        'rel="next" -> ',
        "DESC -> ",
        "WHERE id = :id ORDER BY id DESC -> ",
    }


def test_each_mutant_is_another_valid_program():
    """Each mutant has valid syntax, and no two mutants are the same."""
    every = [change.made(SOURCE) for change in changes(SOURCE, set(range(1, 99)))]
    assert len({ast.dump(ast.parse(made)) for made in every} - {ast.dump(ast.parse(SOURCE))}) > 20
    assert len(set(every)) == len(every)


def test_only_the_learners_part_is_changed():
    """No mutant changes a line that is in the stub, too."""
    assert learners_lines(["a", "TODO", "d"], ["a", "b", "c", "d"]) == {2, 3}
    for exercise, some in zip(EXERCISES, all_mutants(), strict=True):
        stub = exercise.stub.read_text("utf-8").splitlines()
        rows = exercise.solution.read_text("utf-8").splitlines()
        for mutant in some:
            assert mutant.line in learners_lines(stub, rows)
            assert rows[mutant.line - 1].strip() == mutant.where


def test_the_selection_is_even_and_repeatable():
    """The selection is always the same and even over the lines; a large number selects all."""
    every = max(all_mutants(), key=len)
    some = chosen(every, 25)
    assert some == chosen(every, 25)
    assert len(some) == 25
    assert len({mutant.source for mutant in some}) == 25
    lines = Counter(mutant.line for mutant in some)
    assert max(lines.values()) - (0 if len(lines) < len({m.line for m in every}) else 1) <= 2
    assert {m.source for m in chosen(every, 10_000)} == {m.source for m in every}


def test_accepted_entries_exist_and_have_a_reason():
    """Each entry of accepted.toml has a mutant, appears once, and has a reason."""
    entries = read()
    names = {mutant.name for some in all_mutants() for mutant in some}
    assert [entry for entry in entries if entry.name not in names] == []
    assert len({entry.name for entry in entries}) == len(entries)
    assert all(len(entry.why.split()) > 3 for entry in entries)


@pytest.fixture
def greeting() -> Exercise:
    """An exercise whose suite is fast."""
    return course.discover().select("plain_text")[0]


def mutant_with(exercise: Exercise, old: str, new: str) -> Mutant:
    """Return a mutant of a solution in which `new` replaces `old`."""
    source = exercise.solution.read_text("utf-8")
    assert old in source
    return Mutant(exercise.key, 1, "own", "", old, new, source.replace(old, new).encode())


@pytest.mark.slow
async def test_mutants_are_killed(greeting):
    """A wrong and an endless mutant are killed, an equivalent one before or after is not."""
    none = mutant_with(greeting, "import os\n", "import os\n\nNAME = 1\n")
    endless = mutant_with(
        greeting, "    return web", "    while True:\n        pass\n    return web"
    )
    wrong = mutant_with(greeting, "Hello", "Goodbye")
    killed = await run_mutants(greeting, [none, endless, wrong, none], patience=3)
    assert killed == [False, True, True, False]


@pytest.mark.slow
async def test_a_suite_that_fails_on_its_solution(greeting, monkeypatch):
    """A suite that fails on its solution raises an error: it would kill every mutant."""
    mutant = mutant_with(greeting, "Hello", "Goodbye")
    monkeypatch.setattr(type(greeting), "solution", property(lambda self: self.stub))
    with pytest.raises(CourseError, match="fails on its solution"):
        await run_mutants(greeting, [mutant])


@pytest.mark.slow
async def test_an_entry_that_is_no_longer_needed(greeting):
    """An entry is reported when its mutant is killed or does not exist."""
    mutant = mutants(greeting)[0]
    entry = Accepted(*mutant.name, why="for no reason that would still hold")
    gone = replace(entry, now="nothing like it")
    assert (await score(greeting, 25, [entry, gone])).unneeded == (entry, gone)
