"""What the judge says of good and bad tests: a table of files."""

from __future__ import annotations

import contextlib
import importlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

from workshop.advice.causes import causes_of
from workshop.course import ROOT
from workshop.mutation.inner_pytest import InnerSession, TrialRunner
from workshop.mutation.judge import Judge
from workshop.mutation.mutants import Mutant
from workshop.mutation.trial import RIGHT, Trial

TESTED = '''
class FullError(Exception):
    """There is no room."""


async def double(number):
    if number > 100:
        raise FullError("too much")
    return 2 * number


def half(number):
    return number / 2


def ask(path):
    assert not "is it absolute?"
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
EDGE_TOO = EDGE.replace("edge", "top")
HALF = "def test_half():\n    assert half(2) == 1\n\n"
MUTANTS = {
    "sum": Mutant("judge_tested", "return 2 * number", "return number + 1"),
    "edge": Mutant("judge_tested", "number > 100", "number >= 100"),
    "half": Mutant("judge_tested", "number / 2", "number // 2 * 2"),
}


@dataclass
class Court:
    """A folder with a tested module and its fixtures; it gives a judge for each file of tests."""

    folder: Path
    fixtures: ModuleType
    folders: pytest.TempPathFactory
    session: InnerSession
    ended: list[int] = field(default_factory=list)
    """An item for each test that is about to end."""

    async def before_end(self):
        """Count a test that is about to end."""
        self.ended.append(1)

    def judge(self, text):
        """Return the judge of a file with this text."""
        file = self.folder / "answer.py"
        file.write_text(HEAD + text, encoding="utf-8")
        runner = TrialRunner(self.session, self.folders, self.before_end)
        return Judge(Trial(file, file, self.fixtures, MUTANTS), runner)


@pytest.fixture
def court(tmp_path, tmp_path_factory, monkeypatch):
    """A folder with a module that is tested and a module with fixtures."""
    (tmp_path / "judge_tested.py").write_text(TESTED, encoding="utf-8")
    (tmp_path / "judge_fixtures.py").write_text(FIXTURES, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    fixtures = importlib.import_module("judge_fixtures")
    with contextlib.closing(InnerSession(fixtures)) as session:
        yield Court(tmp_path, fixtures, tmp_path_factory, session)
    for name in "judge_tested", "judge_fixtures":
        sys.modules.pop(name, None)


def said(call, *arguments):
    """Return the error of the judge with its causes and actions, or ""."""
    try:
        call(*arguments)
    except Exception as error:
        likely = causes.likely if (causes := causes_of(error)) else ()
        return "\n".join([str(error), *(f"{cause.what}\n{cause.do}" for cause in likely)])
    return ""


def test_all_caught(court):
    """Good tests pass and catch everything; `before_end` is awaited in their event loop."""
    judge = court.judge(DOUBLE + EDGE + "def test_half():\n    assert half(3) == 1.5\n")
    judge.passes()
    for name in MUTANTS:
        judge.catches(name)
    assert court.ended


def test_let_through(court):
    """The judge names the test that passes on a mutant, and runs it again."""
    judge = court.judge(DOUBLE + HALF)
    judge.passes()
    judge.catches("half")
    text = said(judge.catches, "edge")
    assert "test_double (line 6) came past the fault and passed.\n" in text
    assert "Look closer" in text


def test_rows_let_through(court):
    """Of a parametrized test the judge shows the row with the name of the fault, and no other."""
    rows = '@pytest.mark.parametrize("number", [{}])\nasync def test_a(number):\n'
    rows += "    print('asked')\n    assert await double(number) == 2 * number\n"
    judge = court.judge(rows.format("1, 2"))
    assert "all 2 rows of test_a (line 7) came past" in said(judge.catches, "edge")
    judge = court.judge(rows.format('1, pytest.param(2, id="edge")'))
    assert "test_a[edge] (line 7) came past" in said(judge.catches, "edge")


def test_what_is_skipped_catches_nothing(court):
    """A test that is skipped, or expected to fail, is named where a fault is let through."""
    judge = court.judge(
        f"@pytest.mark.skip\ndef test_a():\n    pass\n\n@pytest.mark.xfail\n"
        f"def test_b():\n    assert half(3) == 5\n\n{HALF}"
    )
    judge.passes()
    text = said(judge.catches, "edge")
    assert "test_a: It was skipped." in text
    assert "test_b: It is marked `xfail`" in text


def test_not_reached(court):
    """The judge distinguishes a fault that no test reaches from one that no test notices."""
    judge = court.judge(DOUBLE)
    judge.passes()
    assert "no test of yours gets to what is broken here" in said(judge.catches, "half")


def test_any_order(court):
    """The check of a fault may be the first of all, or the only one."""
    assert "came past" in said(court.judge(DOUBLE + HALF).catches, "edge")


def test_what_fails_on_the_right_app_catches_nothing(court):
    """A test that fails on the right app catches no mutant, even if it fails there, too."""
    judge = court.judge("async def test_double():\n    assert await double(2) == 5\n" + HALF)
    text = said(judge.passes)
    assert "test_double fails on the right code" in text
    assert "Line 7: assert await double(2) == 5" in text
    assert "\nassert 4 == 5" in text
    judge.catches("half")
    assert "gets to what is broken" in said(judge.catches, "sum")


def test_only_what_is_worth_it(court):
    """A test that does not reach a fault is not run on it, nor one after it was caught."""
    judge = court.judge(HALF + DOUBLE.replace("double", "sum", 1) + EDGE_TOO)
    for name in MUTANTS:
        judge.catches(name)
    ran = [(result.test, result.app) for result in judge.trial.results if result.app != RIGHT]
    assert ran == [
        ("test_sum", "sum"),  # has caught something, so it would come last for the next
        ("test_top", "edge"),
        ("test_half", "half"),
    ]


@pytest.mark.parametrize(
    "text", [HALF + DOUBLE + DOUBLE.replace("_", "_2_", 1) + EDGE, DOUBLE + EDGE_TOO + HALF]
)
def test_the_likeliest_is_asked_first(court, text):
    """The test with the name of the fault runs first, else the one at the same part of the file."""
    judge = court.judge(text)
    judge.catches("edge")
    first = next(result for result in judge.trial.results if result.app == "edge")
    assert first.error


def test_parameters(court):
    """The judge distinguishes the rows of a parametrized test."""
    judge = court.judge(
        '@pytest.mark.parametrize("kind", ["a b", "c-d"])\n'
        '@pytest.mark.parametrize("number", [100, 2])\n'
        "async def test_double(number, kind):\n    assert await double(number) == 2 * number\n"
    )
    judge.passes()
    assert [result.test for result in judge.trial.results_on(RIGHT)] == [
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
    "sleeps": ("import time\ndef test_a():\n    time.sleep(100)\n", "A test never sleeps"),
    "sleeps at once": (
        "from asyncio import sleep\nasync def test_a():\n    await sleep(100)\n",
        "Line 8: await sleep(100)\nA test never sleeps",
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
        "Put `await` before the call",
    ),
    "an error of what is tested": (
        "async def test_a():\n    await double(200)\n",
        "It ended in FullError: too much",
    ),
    "no argument": (
        "def test_a():\n    assert half(two) == 1\n",
        "`two` is a fixture; a test gets it as an argument: `async def test_a(two):`",
    ),
    "whole address": (
        "def test_a():\n    judge_tested.ask('http://127.0.0.1/')\n",
        "give it the path alone",
    ),
    "a generator of values": (
        "@pytest.mark.parametrize('a', (n for n in [1]))\ndef test_a(a):\n    pass\n",
        "PytestRemovedIn10Warning: Passing a non-Collection iterable to parametrize",
    ),
    "a generator: what to do": (
        "@pytest.mark.parametrize('a', (n for n in [1]))\ndef test_a(a):\n    pass\n",
        "as a list: `[…]`",
    ),
    "a class with a constructor": (
        "class TestA:\n    def __init__(self):\n        pass\n\n    def test_a(self):\n"
        "        pass\n",
        "Take `__init__` out",
    ),
    "all expected to fail": (
        "@pytest.mark.xfail\ndef test_a():\n    assert 0\n",
        "test_a: It is marked `xfail`, and fails.",
    ),
    "ends the run": ("def test_a():\n    pytest.exit('enough')\n", "ends the whole run"),
    "not collected": (
        "@pytest.mark.parametrize(('a', 'b'), [(1,)])\ndef test_a(a, b):\n    pass\n",
        'your file:\nLine 7, test_a: in "parametrize" the number of names (2):',
    ),
    "as handed out": (
        f"def test_a():\n    raise AssertionError('not written yet')\n\n{HALF}",
        "Still to be written: test_a (line 7).",
    ),
    "says so itself": ("def test_a():\n    pytest.fail('too bad')\n", "too bad"),
    "its own words": ("def test_a():\n    assert half(2) == 2, 'a half'\n", "a half\nassert 1.0"),
    "two of three": (
        f"def test_a():\n    assert 0\n\ndef test_b():\n    assert 0\n\n{HALF}",
        "test_a fails on the right code, so the fault is in your file. So does 1 other.",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_itself(court, monkeypatch, name):
    """The judge says what is wrong with a test that fails on the right app."""
    monkeypatch.setattr("workshop.mutation.inner_plugin.TEST_SECONDS", 0.05)
    text, expected = WRONG[name]
    assert expected in said(court.judge(text).passes)


UNIT = "import unittest\n\nclass TestA(unittest.TestCase):\n    "
ASYNC_UNIT = "import unittest\n\nclass TestA(unittest.IsolatedAsyncioTestCase):\n    "
SERVED = (
    "from aiohttp import web\nfrom aiohttp.test_utils import AioHTTPTestCase\n\n"
    "class TestA(AioHTTPTestCase):\n    async def get_application(self):\n"
    "        return web.Application()\n    "
)
MISSING = "response = await self.client.get('/')\n        self.assertEqual(response.status, "
PLAIN = {
    "unittest": UNIT + "def test_a(self):\n        self.assertEqual(half(2), 1)",
    "unittest fails": UNIT + "def test_a(self):\n        self.assertEqual(half(2), 2)",
    "unittest setUp": UNIT + "def setUp(self):\n        self.two = 2\n"
    "    def test_a(self):\n        self.assertEqual(half(self.two), 1)",
    "unittest setUp fails": UNIT + "def setUp(self):\n        self.two = half('')\n"
    "    def test_a(self):\n        pass",
    "unittest setUpClass": UNIT + "@classmethod\n    def setUpClass(cls):\n        cls.seen = []\n"
    "    def test_a(self):\n        self.seen.append(half(2))\n"
    "    def test_b(self):\n        self.assertEqual(self.seen, [1])",
    "unittest skips": UNIT + "def test_a(self):\n        self.skipTest('later')\n"
    "    def test_b(self):\n        self.assertEqual(half(2), 1)",
    "unittest expects a failure": UNIT + "@unittest.expectedFailure\n"
    "    def test_a(self):\n        self.assertEqual(half(2), 2)\n"
    "    def test_b(self):\n        self.assertEqual(half(2), 1)",
    "unittest unexpected success": UNIT + "@unittest.expectedFailure\n"
    "    def test_a(self):\n        self.assertEqual(half(2), 1)",
    "unittest subTest": UNIT + "def test_a(self):\n        for number in 2, 4:\n"
    "            with self.subTest(number=number):\n                "
    "self.assertEqual(half(number), 1)",
    "unittest coroutine": ASYNC_UNIT
    + "async def test_a(self):\n        self.assertEqual(await double(2), 4)",
    "unittest coroutine fails": ASYNC_UNIT
    + "async def test_a(self):\n        self.assertEqual(await double(2), 5)",
    "unittest asyncSetUp": ASYNC_UNIT + "async def asyncSetUp(self):\n"
    "        self.four = await double(2)\n    async def test_a(self):\n"
    "        self.assertEqual(self.four, 4)",
    "unittest with a fixture": UNIT + "@pytest.fixture(autouse=True)\n"
    "    def _two(self, two):\n        self.two = two\n"
    "    def test_a(self):\n        self.assertEqual(half(self.two), 1)",
    "AioHTTPTestCase": SERVED + f"async def test_a(self):\n        {MISSING}404)",
    "AioHTTPTestCase fails": SERVED + f"async def test_a(self):\n        {MISSING}200)",
    "a class": "class TestA:\n    def test_a(self):\n        self.two = 2\n"
    "    def test_b(self):\n        assert not hasattr(self, 'two')",
    "class fixture": "class TestA:\n    @pytest.fixture(scope='class')\n    def seen(self):\n"
    "        return []\n    def test_a(self, seen):\n        seen.append(1)\n"
    "    def test_b(self, seen):\n        assert seen == [1]",
    "module fixture": "@pytest.fixture(scope='module')\ndef seen():\n    return []\n\n"
    "def test_a(seen):\n    seen.append(1)\n\ndef test_b(seen):\n    assert seen == [1]",
    "setup_method": "class TestA:\n    def setup_method(self):\n        self.two = 2\n"
    "    def test_a(self):\n        assert half(self.two) == 1",
    "setup_module": "def setup_module():\n    global four\n    four = 4\n\n"
    "def test_a():\n    assert half(four) == 2",
    "teardown fails": "@pytest.fixture\ndef once():\n    yield\n    assert 0\n\n"
    "def test_a(once):\n    pass",
    "capsys": "def test_a(capsys):\n    print('here')\n"
    "    assert capsys.readouterr().out == 'here\\n'",
    "capsys fails": "def test_a(capsys):\n    assert capsys.readouterr().out",
    "capfd": "import os\n\ndef test_a(capfd):\n    os.write(1, b'here')\n"
    "    assert capfd.readouterr().out == 'here'",
    "caplog": "import logging\n\ndef test_a(caplog):\n    logging.warning('here')\n"
    "    assert caplog.messages == ['here']",
    "tmpdir": "def test_a(tmpdir):\n    assert not tmpdir.listdir()",
    "tmp_path": "def test_a(tmp_path):\n    assert not list(tmp_path.iterdir())",
    "cache": "def test_a(cache):\n    assert cache.get('judge/none', 5) == 5",
    "monkeypatch": "def test_a(monkeypatch):\n"
    "    monkeypatch.setattr(judge_tested, 'half', lambda number: 5)\n"
    "    assert judge_tested.half(2) == 5\n\ndef test_b():\n    assert judge_tested.half(2) == 1",
    "request": "def test_a(request):\n    assert request.node.name == 'test_a'",
    "recwarn": "import warnings\n\ndef test_a(recwarn):\n    warnings.warn('here')\n"
    "    assert len(recwarn) == 1",
    "a warning": "import warnings\n\ndef test_a():\n    warnings.warn('here')",
    "a warning is let through": "import warnings\n\n@pytest.mark.filterwarnings('ignore:here')\n"
    "def test_a():\n    warnings.warn('here')",
    "subtests": "def test_a(subtests):\n    for number in 2, 4:\n"
    "        with subtests.test(number=number):\n            assert half(number) == 1",
    "subtests pass": "def test_a(subtests):\n"
    "    with subtests.test():\n        assert half(2) == 1",
    "xfail": "@pytest.mark.xfail(reason='later')\ndef test_a():\n    assert half(2) == 2\n\n"
    "def test_b():\n    assert half(2) == 1",
    "xfail passes": "@pytest.mark.xfail\ndef test_a():\n    assert half(2) == 1",
    "xfail strict": "@pytest.mark.xfail(strict=True)\ndef test_a():\n    assert half(2) == 1",
    "xfail for another reason": "@pytest.mark.xfail(raises=KeyError)\ndef test_a():\n    assert 0",
    "xfail inside": "def test_a():\n    pytest.xfail('later')\n\ndef test_b():\n    pass",
    "skipped": "@pytest.mark.skip\ndef test_a():\n    assert 0\n\ndef test_b():\n    pass",
    "skipped where": "import sys\n\n@pytest.mark.skipif(sys.platform == 'amiga', reason='rare')\n"
    "def test_a():\n    assert half(2) == 1",
    "parameters": "@pytest.mark.parametrize('number', [2, pytest.param(4, marks=pytest.mark"
    ".xfail)])\n"
    "def test_a(number):\n    assert half(number) == 1",
    "parametrized fixture": "@pytest.fixture(params=[2, 4])\ndef number(request):\n"
    "    return request.param\n\ndef test_a(number):\n    assert half(number) == 1",
    "usefixtures": "import os\n\n@pytest.fixture\ndef away(monkeypatch, tmp_path):\n"
    "    monkeypatch.chdir(tmp_path)\n\n@pytest.mark.usefixtures('away')\n"
    "def test_a():\n    assert not os.listdir()",
    "async fixture": "@pytest.fixture\nasync def four():\n    yield await double(2)\n\n"
    "async def test_a(four):\n    assert four == 4",
    "event loop of a class": "@pytest.mark.asyncio(loop_scope='class')\nclass TestA:\n"
    "    loops = []\n    async def test_a(self):\n"
    "        self.loops.append(asyncio.get_running_loop())\n"
    "    async def test_b(self):\n        assert self.loops == [asyncio.get_running_loop()]",
    "the data folder": "import os\nfrom pathlib import Path\n\n"
    "def test_a():\n    Path(os.environ['WORKSHOP_DATA']).mkdir()\n\n"
    "def test_b():\n    assert not Path(os.environ['WORKSHOP_DATA']).exists()",
}
"""Files of tests; what plain pytest says of each test in them, the judge must say, too."""


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """Return how each test ends in plain pytest, by the name of its file in PLAIN; one run."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "judge_tested.py").write_text(TESTED, encoding="utf-8")
    conftest = f"{FIXTURES}\nfrom conftest_of_the_course import _data\n"
    (folder / "conftest.py").write_text(conftest, encoding="utf-8")
    shutil.copy(ROOT / "conftest.py", folder / "conftest_of_the_course.py")
    for number, text in enumerate(PLAIN.values()):
        (folder / f"test_{number}.py").write_text(HEAD + text + "\n", encoding="utf-8")
    words = ["-m", "pytest", "-v", "--tb=no", "--color=no", "-p", "no:randomly", "-p", "no:xdist"]
    words += [f"--config-file={ROOT / 'pyproject.toml'}", f"--rootdir={folder}", "."]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]), "COLUMNS": "300"}
    run = subprocess.run(
        [sys.executable, *words], cwd=folder, env=env, capture_output=True, text=True
    )
    found: dict[str, dict[str, str]] = {name: {} for name in PLAIN}
    for number, test, outcome in re.findall(LINE, run.stdout, re.MULTILINE):
        ends = found[list(PLAIN)[int(number)]]
        ends[test] = "failed" if ends.get(test) == "failed" else OUTCOMES.get(outcome, "passed")
    for number, test in re.findall(PART_FAILED, run.stdout, re.MULTILINE):
        found[list(PLAIN)[int(number)]][test] = "failed"
    assert all(found.values()), run.stdout + run.stderr
    return found


LINE = r"^test_(\d+)\.py::(\S+(?: \S+)*?) (?:\[.*?\] )?(?:\(.*?\) )?(?:SUB)?([A-Z]+)\b"
PART_FAILED = r"^SUBFAILED\S* test_(\d+)\.py::(\S+)"
OUTCOMES = {
    "PASSED": "passed",
    "FAILED": "failed",
    "ERROR": "failed",
    "SKIPPED": "skipped",
    "XFAIL": "xfailed",
    "XPASS": "xpassed",
}


@pytest.mark.xdist_group("judge")  # one run of plain pytest for all of them
@pytest.mark.parametrize("name", PLAIN)
def test_as_plain_pytest(court, plain, name):
    """The judge takes every test that pytest takes, and each ends as it ends there."""
    judge = court.judge(PLAIN[name] + "\n")
    text = said(judge.passes)
    assert {result.test: result.outcome for result in judge.trial.results_on(RIGHT)} == plain[
        name
    ], text
    passes = "failed" not in plain[name].values()
    assert (not text) == passes, text


def test_no_assert(court):
    """The judge says that a test has no assertion."""
    judge = court.judge("async def test_double():\n    await double(2)\n")
    judge.passes()
    assert "There is no `assert` in this test" in said(judge.catches, "sum")


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("def a():\n    return double(2)\n\nasync def test_a():\n    await a()\n", "test_a"),
        (f"async def test_a():\n    await double(2)\n\n{DOUBLE}", "test_a"),
        ("class TestA:\n    async def test_b(self):\n        await double(2)\n", "TestA::test_b"),
    ],
)
def test_who_has_no_assert(court, text, test):
    """The judge names the test without an assertion, also in the functions that it calls."""
    text = said(court.judge(text).catches, "edge")
    assert f"{test} (line " in text
    assert "There is no `assert` in this test." in text


def test_an_assert_elsewhere(court):
    """A function that a test calls may have the assertion."""
    judge = court.judge(
        "def four(a):\n    assert a == 4\n\nasync def test_a():\n    four(await double(2))\n"
    )
    assert "Look closer" in said(judge.catches, "edge")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def look(two):\n    assert half(two) == 1\n", "look is not run"),
        ("def test_a():\n    assert half(3)\n\ndef test_a():\n    pass\n", "two functions test_a"),
    ],
)
def test_never_run(court, text, expected):
    """The judge names a function that was meant as a test, but is not collected."""
    assert expected in said(court.judge(text + DOUBLE).catches, "half")


def test_helpers_are_no_tests(court):
    """A helper function or a fixture is not taken for a test with a wrong name."""
    judge = court.judge(
        "def check(two):\n    assert half(two) == 1\n\n@pytest.fixture\ndef four(two):\n"
        "    return 2 * two\n\ndef test_a(two):\n    check(two)\n"
    )
    assert "is not run" not in said(judge.catches, "edge")


def test_not_collected(court):
    """Where pytest collects nothing, the check of a fault says only that."""
    text, _ = WRONG["not collected"]
    assert said(court.judge(text).catches, "sum").startswith("pytest cannot make tests of")


def test_each_starts_anew(court):
    """The only test of a file runs on one app after the other, with new fixtures each time."""
    judge = court.judge(
        "@pytest.fixture\ndef fresh():\n    return []\n\nasync def test_a(fresh):\n"
        "    assert not fresh\n    fresh.append(half(4))\n    assert await double(1) == 2\n"
    )
    judge.passes()
    errors = [str(result.error) for result in judge.trial.results if result.error]
    assert errors == []
    assert "came past" in said(judge.catches, "half")


SHARED = {
    "class fixture": "class TestA:\n    @pytest.fixture(scope='class')\n"
    "    @classmethod\n    def seen(cls):\n        return []\n",
    "setUpClass": "import unittest\n\nclass TestA(unittest.TestCase):\n    @classmethod\n"
    "    def setUpClass(cls):\n        cls.seen = []\n",
    "module fixture": "@pytest.fixture(scope='module')\ndef seen():\n    return []\n\n",
}
"""Tests share a list, each in its way; the second builds on what the first puts in."""


@pytest.mark.parametrize("way", SHARED)
@pytest.mark.parametrize(
    ("second", "caught"),
    [("{}[0] and half(4)", False), ("{} == [2.0]", True), ("{} == [2.0] and half(4) == 2", True)],
    ids=["fails alone", "reaches nothing", "looks"],
)
def test_those_that_share_run_in_order(court, way, second, caught):
    """Tests that share a fixture run in order on a mutant, as on the right app."""
    seen = "self.seen" if way == "setUpClass" else "seen"
    taken = {"class fixture": "self, seen", "setUpClass": "self", "module fixture": "seen"}[way]
    text = SHARED[way]
    before = "" if way == "module fixture" else "    "
    for name, line in ("a", f"{seen}.append(half(4))"), ("b", f"assert {second.format(seen)}"):
        text += f"{before}def test_{name}({taken}):\n{before}    {line}\n\n"
    judge = court.judge(text)
    judge.passes()
    assert ("came past" not in said(judge.catches, "half")) == caught
    order = [result.test.rpartition("::")[2] for result in judge.trial.results_on("half")]
    assert order == ["test_a", "test_b"]


def test_who_shares_nothing_runs_alone(court):
    """The tests of a class without fixtures run alone, like functions."""
    unit = "import unittest\n\nclass TestA(unittest.TestCase):\n    def test_a(self):\n"
    judge = court.judge(
        f"{unit}        assert half(2) == 1\n"
        "    def test_half(self):\n        assert half(4) == 2\n"
    )
    judge.catches("half")
    assert [result.test for result in judge.trial.results_on("half")] == ["TestA::test_half"]


def test_what_is_shown_has_what_came_before(court, capsys):
    """The test that let a fault through is run once more, behind those that it builds on."""
    judge = court.judge(
        SHARED["class fixture"] + "    def test_a(self, seen):\n        print('a')\n"
        "        assert not seen\n        seen.append(half(4))\n\n"
        "    def test_half(self, seen):\n        print(seen)\n        assert half(seen[0])\n"
    )
    judge.passes()
    assert "test_half (line 16) came past" in said(judge.catches, "half")
    assert capsys.readouterr().out == "[4]\n"


def test_a_turn_is_no_sleep(court):
    """`asyncio.sleep(0)` is not refused."""
    judge = court.judge("async def test_a():\n    await asyncio.sleep(0)\n" + DOUBLE)
    judge.passes()


def test_nothing_is_written_down(court, capsys):
    """The recorder sees nothing of the first runs, and all of the run that is repeated."""
    judge = court.judge("async def test_a():\n    print('here')\n    assert await double(2) == 4\n")
    judge.passes()
    assert capsys.readouterr().out == ""
    assert "shown below" in said(judge.catches, "edge")
    assert capsys.readouterr().out == "here\n"


def test_none_passes(court):
    """The judge says that no test can catch a fault where none passes on the right app."""
    judge = court.judge("def test_a():\n    assert half(2) == 2\n")
    assert said(judge.passes)
    assert "No test of yours passes on the right code yet" in said(judge.catches, "half")


def test_an_error_catches_too(court):
    """A test that raises an error on a mutant has caught it."""
    judge = court.judge(
        "async def test_a():\n    assert await double(2)\n    {200: 1}[await double(100)]\n"
    )
    judge.passes()
    judge.catches("edge")


def test_errors_of_their_own_go_through(court):
    """The exception of a test is raised unchanged, so that the catalogue can explain it."""
    with pytest.raises(ZeroDivisionError):
        court.judge("def test_a():\n    1 / 0\n").passes()


def test_nothing_stays(court):
    """The tested module is unchanged afterwards, and no bytecode of the tests was written."""
    judge = court.judge(DOUBLE + HALF)
    code = sys.modules["judge_tested"].double.__code__
    judge.passes()
    said(judge.catches, "edge")
    assert sys.modules["judge_tested"].double.__code__ is code
    assert not list(court.folder.glob("__pycache__/answer*"))


def test_files_share_a_session_and_nothing_else(court):
    """The next file does not get a fixture of this one, though both files have one name."""
    fixture = "@pytest.fixture\ndef four():\n    return 4\n\n"
    test = "async def test_double(four):\n    assert await double(2) == four\n"
    court.judge(fixture + test).passes()
    assert "It takes `four`, and there is no such fixture" in said(court.judge(test).passes)
    assert "cannot make tests" in said(court.judge(WRONG["not collected"][0]).passes)
    court.judge(fixture + test).passes()


def test_the_folder_stays(court):
    """A test that changes the current folder does not change that of its check."""
    before = Path.cwd()
    judge = court.judge(
        "import os\ndef test_a(tmp_path):\n    os.chdir(tmp_path)\n    assert half(2) == 1\n"
    )
    judge.passes()
    assert Path.cwd() == before


def test_each_has_a_folder(court):
    """Each test gets a new folder for each app, beside those of the check."""
    judge = court.judge(
        "seen = []\n\ndef test_a(tmp_path):\n    seen.append(tmp_path)\n"
        "    assert not list(tmp_path.iterdir())\n    (tmp_path / 'x').touch()\n"
        "    assert half(4) == 2\n"
    )
    judge.passes()
    said(judge.catches, "half")
    seen = judge.trial.module.seen
    assert len({*seen}) == len(seen) >= 2
    assert {path.parent for path in seen} == {court.folders.getbasetemp()}


def test_tests_run_on_a_mutant_when_it_is_asked_for(court):
    """A check of one fault runs no other mutant, so that two processes can share the checks."""
    judge = court.judge(DOUBLE + EDGE + HALF)
    judge.catches("edge")
    judge.catches("edge")
    assert {result.app for result in judge.trial.results} == {RIGHT, "edge"}
    assert len(judge.trial.results_on(RIGHT)) == 3


@pytest.mark.parametrize("first", ["sum", "edge"])
def test_whichever_fault_is_asked_first(court, first):
    """The message about a fault does not depend on the faults that were checked before."""
    judge = court.judge(f"{DOUBLE}async def test_one():\n    assert await double(1) == 2\n")
    said(judge.catches, first)
    assert "test_double (line 6) came past" in said(judge.catches, "edge")


def test_whoever_ends_the_run_does_so_on_each_mutant(court):
    """A test that ends the run leaves nothing for the next app."""
    judge = court.judge(
        "@pytest.fixture\ndef fresh():\n    return []\n\nasync def test_a(fresh):\n"
        "    assert not fresh\n    fresh.append(1)\n"
        "    if await double(2) != 4 or half(3) != 1.5:\n        pytest.exit('enough')\n"
    )
    judge.passes()
    for name in "sum", "half":
        assert "ends the whole run" in said(judge.catches, name)
