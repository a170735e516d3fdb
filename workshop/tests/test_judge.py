"""The judge: what it says of tests, good and bad; a table of files."""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

from workshop.mutation.judge import Judge
from workshop.mutation.mutants import Mutant
from workshop.mutation.trial import RIGHT, Session, Trial

TESTED = '''
class FullError(Exception):
    """There is no room."""


async def double(number):
    if number > 100:
        raise FullError("too much")
    return 2 * number


def half(number):
    return number / 2
'''
FIXTURES = '''
import pytest

@pytest.fixture
def two():
    """A number."""
    return 2
'''
HEAD = (
    "import asyncio\nimport pytest\nimport judge_tested\nfrom judge_tested import double, half\n\n"
)
DOUBLE = "async def test_double(two):\n    assert await double(two) == 4\n\n"
EDGE = (
    "async def test_edge():\n    with pytest.raises(judge_tested.FullError):\n"
    "        await double(101)\n    assert await double(100) == 200\n\n"
)
HALF = "def test_half():\n    assert half(2) == 1\n\n"
MUTANTS = {
    "sum": Mutant("judge_tested", "return 2 * number", "return number + 1"),
    "edge": Mutant("judge_tested", "number > 100", "number >= 100"),
    "half": Mutant("judge_tested", "number / 2", "number // 2 * 2"),
}


@dataclass
class Court:
    """A folder with what is tested, and a judge for each file of tests."""

    folder: Path
    config: pytest.Config
    fixtures: ModuleType
    looked: list[int] = field(default_factory=list)

    async def look(self):
        """Look at what can be seen before a test ends."""
        self.looked.append(1)

    def judge(self, text):
        """Return the judge of a file with this text."""
        file = self.folder / "answer.py"
        file.write_text(HEAD + text, encoding="utf-8")
        session = Session(self.config, self.folder, self.look)
        return Judge(Trial(file, file, self.fixtures, MUTANTS), session)


@pytest.fixture
def court(tmp_path, monkeypatch, pytestconfig):
    """Modules to be tested and to test with."""
    (tmp_path / "judge_tested.py").write_text(TESTED, encoding="utf-8")
    (tmp_path / "judge_fixtures.py").write_text(FIXTURES, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield Court(tmp_path, pytestconfig, importlib.import_module("judge_fixtures"))
    for name in "judge_tested", "judge_fixtures":
        sys.modules.pop(name, None)


def said(call, *arguments):
    """Return what a judge says, or nothing."""
    try:
        call(*arguments)
    except AssertionError as error:
        return str(error)
    return ""


def test_all_caught(court):
    """Good tests pass and catch everything; each was looked at in its own event loop."""
    judge = court.judge(DOUBLE + EDGE + "def test_half():\n    assert half(3) == 1.5\n")
    judge.passes()
    for name in MUTANTS:
        judge.catches(name)
    assert court.looked


def test_let_through(court):
    """Who passes on a mutant, and the score."""
    judge = court.judge(DOUBLE + HALF)
    judge.passes()
    judge.catches("half")
    text = said(judge.catches, "edge")
    assert "test_double came past the fault and passed. Look closer" in text
    assert text.endswith("Your tests catch 2 of 3 faults.")


def test_not_reached(court):
    """A fault to which no test comes is another matter than one that is not seen."""
    judge = court.judge(DOUBLE)
    judge.passes()
    assert "no test of yours gets to what is broken here" in said(judge.catches, "half")


def test_any_order(court):
    """A check of a fault may be the first of all, or the only one."""
    assert "2 of 3" in said(court.judge(DOUBLE + HALF).catches, "edge")


def test_what_fails_on_the_right_app_catches_nothing(court):
    """However many mutants it fails on."""
    judge = court.judge("async def test_double():\n    assert await double(2) == 5\n" + HALF)
    text = said(judge.passes)
    assert "test_double fails on the right code" in text
    assert "Line 7: assert await double(2) == 5" in text
    assert "\nassert 4 == 5" in text
    judge.catches("half")
    assert "gets to what is broken" in said(judge.catches, "sum")


def test_only_what_is_worth_it(court):
    """A test that does not reach a fault is not run on it, nor one after it was caught."""
    judge = court.judge(EDGE + DOUBLE + HALF)
    judge.passes()
    ran = [(ended.test, ended.app) for ended in judge._trial.ended if ended.app != RIGHT]
    assert ran == [
        ("test_edge", "sum"),  # has caught something, so it comes last for the next
        ("test_double", "edge"),
        ("test_edge", "edge"),
        ("test_half", "half"),
    ]


def test_parameters(court):
    """Tests with parameters are told apart."""
    judge = court.judge(
        '@pytest.mark.parametrize("kind", ["a b", "c-d"])\n'
        '@pytest.mark.parametrize("number", [100, 2])\n'
        "async def test_double(number, kind):\n    assert await double(number) == 2 * number\n"
    )
    judge.passes()
    assert [ended.test for ended in judge._trial.on(RIGHT)] == [
        "test_double[100-a b]",
        "test_double[100-c-d]",
        "test_double[2-a b]",
        "test_double[2-c-d]",
    ]
    judge.catches("edge")


WRONG = {
    "no test": ("async def check():\n    pass\n", "There is no test in answer.py"),
    "skipped": ("def test_a():\n    pytest.skip('not now')\n", "It was skipped."),
    "marked": ("@pytest.mark.skip\ndef test_a():\n    pass\n", "It was skipped."),
    "waits": ("async def test_a():\n    await asyncio.Event().wait()\n", "It was still waiting"),
    "which line waits": (
        "async def test_a():\n    await asyncio.Event().wait()\n",
        "Line 7: await asyncio.Event().wait()",
    ),
    "no fixture": (
        "def test_a(too):\n    pass\n",
        "It takes `too`, and there is no such fixture. Here are: two.",
    ),
    "no await": (
        "async def test_a():\n    made = double(2)\n    try:\n        assert made.real == 4\n"
        "    finally:\n        made.close()\n",
        "`.real` is asked of something that was not awaited",
    ),
    "compares a coroutine": (
        "async def test_a():\n    made = double(2)\n    made.close()\n    assert made == 4\n",
        "an `await` is missing",
    ),
    "an error of what is tested": (
        "async def test_a():\n    await double(200)\n",
        "It ended in FullError: too much",
    ),
    "says so itself": ("def test_a():\n    pytest.fail('too bad')\n", "too bad"),
    "its own words": ("def test_a():\n    assert half(2) == 2, 'a half'\n", "a half\nassert 1.0"),
    "two of three": (
        f"def test_a():\n    assert 0\n\ndef test_b():\n    assert 0\n\n{HALF}",
        "test_a fails on the right code, so it is the test that is wrong. So does 1 more.",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_itself(court, monkeypatch, name):
    """What is wrong with a test that fails on the right app."""
    monkeypatch.setattr("workshop.mutation.trial.PATIENCE", 0.05)
    text, wanted = WRONG[name]
    assert wanted in said(court.judge(text).passes)


def test_no_assert(court):
    """Tests that look at nothing are told so."""
    judge = court.judge("async def test_double():\n    await double(2)\n")
    judge.passes()
    assert "Without an `assert` a test looks at nothing" in said(judge.catches, "sum")


def test_none_passes(court):
    """Where no test passes on the right app, none can catch anything."""
    judge = court.judge("def test_a():\n    assert half(2) == 2\n")
    assert said(judge.passes)
    assert "No test of yours passes on the right code yet" in said(judge.catches, "half")


def test_an_error_catches_too(court):
    """A test that ends in an error on a mutant has noticed something."""
    judge = court.judge(
        "async def test_a():\n    assert await double(2)\n    {200: 1}[await double(100)]\n"
    )
    judge.passes()
    judge.catches("edge")


def test_errors_of_their_own_go_through(court):
    """What stopped a test is raised as it was, so that it can be explained."""
    with pytest.raises(ZeroDivisionError):
        court.judge("def test_a():\n    1 / 0\n").passes()


def test_nothing_stays(court):
    """What is tested is as before, and no bytecode of the tests was written."""
    judge = court.judge(DOUBLE + HALF)
    code = sys.modules["judge_tested"].double.__code__
    judge.passes()
    said(judge.catches, "edge")
    assert sys.modules["judge_tested"].double.__code__ is code
    assert not list(court.folder.glob("__pycache__/answer*"))
