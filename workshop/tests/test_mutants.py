"""A mutant changes the code of one function for all who refer to it, and restores it."""

from __future__ import annotations

import importlib
import sys

import pytest

from workshop.mutation.mutants import Mutant, MutantError, calls_reported, function_at

MODULE = '''
"""A module with all kinds of functions."""

import asyncio
import contextlib

LIMIT = 5


def plain(number):
    """Say whether a number is small."""
    return number < LIMIT


def outer():
    """Return a function that is made on the spot."""

    def inner():
        return "inner"

    return inner


class Animal:
    """Has a method that knows its class."""

    name = "animal"

    def call(self):
        """Return its name."""
        return self.name


class Cat(Animal):
    """Asks above."""

    def call(self):
        """Return more than its name."""
        return super().call() + " meows"


@contextlib.contextmanager
def opened():
    """Yield what is open."""
    yield "open"


async def later():
    """Return after a while."""
    await asyncio.sleep(0)
    return "late"
'''


@pytest.fixture
def zoo(tmp_path, monkeypatch):
    """Return the module above, imported."""
    (tmp_path / "mutants_zoo.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("mutants_zoo")
    del sys.modules["mutants_zoo"]


def mutant(old, new):
    """Return a fault in that module."""
    return Mutant("mutants_zoo", old, new)


def test_whoever_holds_the_function_gets_the_fault(zoo):
    """A name that was imported before has the fault, too; afterwards no name has it."""
    held = zoo.plain
    with mutant("number < LIMIT", "number <= LIMIT").applied():
        assert held(5)
        assert zoo.plain is held
    assert not held(5)


def test_gone_after_an_error(zoo):
    """The function is restored after an error inside of the block."""
    with pytest.raises(RuntimeError), mutant("number < LIMIT", "True").applied():
        raise RuntimeError
    assert not zoo.plain(5)


@pytest.mark.parametrize(
    ("old", "new", "name", "ask", "wanted"),
    [
        ('return "inner"', 'return "other"', "outer", "zoo.outer()()", "other"),
        ("return self.name", "return 'dog'", "Animal.call", "zoo.Animal().call()", "dog"),
        ('" meows"', '" barks"', "Cat.call", "zoo.Cat().call()", "animal barks"),
        ('yield "open"', 'yield "shut"', "opened", "zoo.opened().__enter__()", "shut"),
        ('return "late"', 'return "never"', "later", "asyncio.run(zoo.later())", "never"),
    ],
)
def test_kinds_of_functions(zoo, old, new, name, ask, wanted):
    """Methods, nested functions, generators and coroutines can be changed, decorated or not."""
    fault = mutant(old, new)
    assert fault.function_name == ("mutants_zoo", name)
    names = {"zoo": zoo, "asyncio": zoo.asyncio}
    before = eval(ask, names)
    with fault.applied():
        assert eval(ask, names) == wanted
    assert eval(ask, names) == before != wanted


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("not there", "", "0 times"),
        ("return", "", "6 times"),
        ("number < LIMIT", "number < LIMIT", "1 times"),
        ("LIMIT = 5", "LIMIT = 6", "not inside of a function"),
        ("async def later", "def later", "not inside of a function"),
    ],
)
def test_cannot_be_put_in(zoo, old, new, why):
    """A text that is missing, ambiguous, unchanged or outside of a function raises MutantError."""
    with pytest.raises(MutantError, match=why):
        _ = mutant(old, new).function_name


def test_watched(zoo):
    """Each call of a function is reported; the function works as before."""
    calls = []
    function_name = ("mutants_zoo", "Cat.call")
    with calls_reported(function_name, lambda: calls.append(1)):
        assert zoo.Cat().call() == "animal meows"
        assert zoo.Animal().call() == "animal"
    zoo.Cat().call()
    assert calls == [1]
    assert not [name for name in vars(zoo) if "reached" in name]


def test_no_function(zoo):
    """The name of something that is no function raises MutantError."""
    with pytest.raises(MutantError, match="is no function"):
        function_at(("mutants_zoo", "LIMIT"))
