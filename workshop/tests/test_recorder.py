"""The recorder, tested with real suites and small submissions."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest

from workshop.advice.explain import explain
from workshop.course import ROOT
from workshop.recorder.check_record import CheckRecord
from workshop.recorder.plugin import Recorder
from workshop.report import Mark, Outcome
from workshop.tests.submissions_runner import first_failures

pytestmark = [pytest.mark.interpreter, pytest.mark.xdist_group("recorder")]  # asked at once

APP = """

def create_app():
    app = web.Application()
    app.add_routes([{routes}])
    return app
"""
IMPORTS = "import logging\nimport pytest\nfrom aiohttp import web\n"


def submission(exercise, body, routes='web.get("/", index)', imports=IMPORTS):
    """Return the text of a file with one handler and an app."""
    head = f'"""A submission.\n\nexercise: {exercise}\n"""\n\n'
    return f"{head}{imports}\n\n{body}{APP.format(routes=routes)}"


GREET = 'web.get("/greet/{name}", greet)'
SUBMISSIONS = {
    "right": submission(
        "plain_text", 'async def index(request):\n    return web.Response(text="Hello from Ada")\n'
    ),
    "nearly": submission(
        "plain_text", 'async def index(request):\n    return web.Response(text="Hello  from Ada")\n'
    ),
    "prints": submission(
        "plain_text",
        "async def index(request):\n    print('red \\x1b[31m', request.path)\n"
        "    logging.info('asked for %s', request.path)\n    return web.Response(status=404)\n",
    ),
    "skips": submission(
        "plain_text",
        "async def index(request):\n    return web.Response()\n\n\npytest.skip('not now')\n",
    ),
    "skips_later": submission(
        "plain_text", "async def index(request):\n    pytest.skip('not now')\n"
    ),
    "asserts": submission(
        "plain_text",
        "async def index(request):\n    return web.Response()\n\n\nassert 1 == 2, 'never'\n",
    ),
    "second_name": submission(
        "greet",
        'async def greet(request):\n    return web.Response(text="Hello, Ada!")\n',
        routes=GREET,
    ),
    "message": submission(
        "plain_text", 'async def index(request):\n    return web.Response(text="Hello from ")\n'
    ),
    "json": submission(
        "formats",
        "PEOPLE = [{'name': 'Ada'}, {'name': 'Bob'}]\n\n\n"
        "async def people(request):\n    return web.json_response(PEOPLE)\n",
        routes='web.get("/people", people)',
    ),
    "loses_one_file": submission(
        "plain_text",
        "async def index(request):\n"
        "    if os.environ.setdefault('LOST', 'never') == 'never':\n"
        "        lost = [open(__file__)]\n        lost.append(lost)\n"
        "        much = [[] for _ in range(10_000)]  # the collector comes round meanwhile\n"
        "        os.environ['LOST'] = 'once'\n"
        "    return web.Response(text='Hello from Ada')\n",
        imports=f"import os\n{IMPORTS}",
    ),
    "long_trace": submission(
        "plain_text",
        "def inner():\n    return {}['name'] + str(1)\n\n\n"
        "async def index(request):\n    return web.Response(text=inner())\n",
    ),
}

UNSPEAKABLE = {
    "str_raises": "def __str__(self):\n        raise RuntimeError('no words')\n",
    "str_is_no_text": "def __str__(self):\n        return 5\n",
    "repr_raises": "def __repr__(self):\n        raise RuntimeError('no words')\n",
}
"""What a class of the learner's may do when it is asked about itself."""
DONE = {
    "raised": "async def index(request):\n    raise Mute('x')\n",
    "returned": "async def index(request):\n    return Mute('x')\n",
    "logged": "async def index(request):\n    logging.error('x', exc_info=Mute('x'))\n",
    "caused": "async def index(request):\n    raise ValueError('x') from Mute('x')\n",
    "grouped": "async def index(request):\n    raise ExceptionGroup('x', [Mute('x')])\n",
    "asserted": "async def index(request):\n    raise Unsure('x')\n",
    "imported": "index = None\n\n\nraise Mute('x')\n",
}
SUBMISSIONS |= {
    f"{way}_{done}": submission(
        "plain_text",
        f"class Mute(Exception):\n    {method}\n\n"
        f"class Unsure(AssertionError):\n    {method}\n\n{body}",
    )
    for way, method in UNSPEAKABLE.items()
    for done, body in DONE.items()
}
SUBMISSIONS["every_name_raises"] = submission(
    "plain_text",
    "class Mute:\n    def __getattr__(self, name):\n        raise KeyError(name)\n\n\n"
    "async def index(request):\n    return Mute()\n",
)


@pytest.fixture(scope="module")
def checks(tmp_path_factory):
    """The first check that each submission does not pass, or None."""
    folder = tmp_path_factory.mktemp("submissions")
    for name, text in SUBMISSIONS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return first_failures(folder)


def test_a_right_submission_passes(checks):
    """A right submission passes every check."""
    assert checks["right"] is None


def test_a_failed_check_has_its_evidence(checks):
    """A failed check has its sentence, what came, the hints, the code, and the marked exchange."""
    check = checks["nearly"]
    assert check.outcome is Outcome.FAILED
    assert check.name == "test_greeting"
    assert check.sentence == 'The text is "Hello from" and a name.'
    assert check.message == '"Hello  from" came, "Hello from " was wanted.'
    assert check.hints
    assert "async def test_greeting" in check.code
    assert check.exchange.marks == (Mark("body", 6, 11),)
    assert 0 < check.seconds < 5


def test_output_and_log(checks):
    """What the code prints and logs is recorded, without control sequences."""
    check = checks["prints"]
    assert check.output == "red  /\n"
    assert check.exchange.server.log == ("INFO root: asked for /",)
    assert check.exchange.marks == (Mark("status"),)


def test_skipping_is_no_way_out(checks):
    """A file that skips its checks does not pass them."""
    assert checks["skips"].outcome is Outcome.BROKEN
    assert "Only a suite may skip" in checks["skips"].message
    assert checks["skips_later"] is not None


def test_an_assertion_in_the_learners_file_is_broken(checks):
    """An assertion that fails in the learner's file makes the check broken, not failed."""
    check = checks["asserts"]
    assert check.outcome is Outcome.BROKEN
    assert check.message == "AssertionError: never"
    assert check.traceback[-1].code == "assert 1 == 2, 'never'"


@pytest.mark.parametrize("way", UNSPEAKABLE)
@pytest.mark.parametrize("done", DONE)
def test_an_exception_whose_str_raises(checks, way, done):
    """An exception whose `__str__` or `__repr__` raises does not break the recorder."""
    check = checks[f"{way}_{done}"]
    assert check is not None
    assert check.message
    lines = [*check.traceback]
    for exchange in check.exchanges:
        lines += [*exchange.server.traceback, *filter(None, [exchange.server.place])]
    assert lines


def test_the_message_for_an_exception_whose_str_raises(checks):
    """The message names the class of such an exception, and what its `__str__` raised."""
    said = "Mute: (its str() raised RuntimeError)"
    assert checks["str_raises_imported"].message == said
    assert checks["str_raises_raised"].exchange.server.error == said
    returned = checks["repr_raises_returned"].exchange.server.error
    assert "<Mute whose repr() raised RuntimeError>" in returned
    assert "Mute object" in checks["every_name_raises"].exchange.server.error


def test_a_lost_file_is_reported_by_the_check_that_lost_it(checks):
    """Garbage is collected after each check, so a warning belongs to the check that lost a file."""
    check = checks["loses_one_file"]
    assert check.name == "test_status"
    assert check.message.startswith("ResourceWarning: unclosed file")


def test_the_exchange_with_the_difference_is_marked(checks):
    """Of several exchanges in a check the one with the difference is marked."""
    check = checks["second_name"]
    starts = [exchange.request.start for exchange in check.exchanges]
    assert starts == ["GET /greet/Ada HTTP/1.1", "GET /greet/Grace HTTP/1.1"]
    assert [bool(exchange.marks) for exchange in check.exchanges] == [False, True]


def test_message_of_the_suite(checks):
    """The message of an assertion in the suite becomes the message of the check."""
    assert checks["message"].message == 'After "Hello from " a name must follow.'
    assert checks["message"].difference is None


def test_structures_are_compared_by_place(checks):
    """Lists are compared place by place."""
    check = checks["json"]
    assert [(p.where, p.came, p.wanted) for p in check.difference.parts] == [
        ("[1]", '"Bob"', '"Grace"')
    ]
    assert check.exchange.response.body == '[{"name": "Ada"}, {"name": "Bob"}]'


def test_traceback(checks):
    """The learner's lines of a traceback, innermost last, with the part that was running."""
    check = checks["long_trace"]
    lines = check.exchange.server.traceback
    assert [line.function for line in lines] == ["index", "inner"]
    line = lines[-1]
    assert line.file == "exercises/step01_hello/plain_text.py"
    assert line.code[line.start : line.end] == "{}['name']"
    assert check.exchange.server.place.function == "index"


@pytest.fixture(scope="module")
def stubs(tmp_path_factory):
    """A folder with the exercises of step 01 as they were handed out."""
    folder = tmp_path_factory.mktemp("stubs")
    for stub in (ROOT / "workshop" / "stubs" / "step01_hello").glob("*.py"):
        (folder / stub.name).write_bytes(stub.read_bytes())
    return folder


def plain(*words):
    """Run plain pytest on the suites of step 01; return its exit code and what it printed."""
    command = [sys.executable, "-m", "pytest", "exercises/step01_hello", "-q", "--tb=no", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


LINE = 'return web.Response(status=501, text="not done yet")'
SUMMARY = f"""\
step01/plain_text: GET / answers 200.
  501 came, 200 was wanted.
  `index()` still answers as it was handed out: 501, not done yet.
  → Replace this line by what the `# TODO` above it asks for.
  exercises/step01_hello/plain_text.py, line 12: {LINE}
"""


@pytest.mark.parametrize("words", [("-p", "no:randomly"), ("-p", "xdist", "-n", "2")])
def test_summary(stubs, words):
    """Plain pytest prints a summary, once an exercise, from all xdist workers, in any order."""
    code, printed = plain(f"--tree={stubs}", *words)
    assert code == 1
    assert SUMMARY in printed
    assert printed.count("step01/plain_text:") == 1
    section = printed.partition("where to look ===")[2].partition("\n===")[0]
    assert all(len(part.splitlines()) <= 6 for part in section.split("step01/")[1:])


def test_the_access_log_is_off(request):
    """The access log is turned off in a check, and the logger is restored afterwards."""
    access = logging.getLogger("aiohttp.access")
    before = access.level
    with Recorder(lambda what: None, explain)._recording(CheckRecord(request.node)):
        assert not access.isEnabledFor(logging.INFO)
        assert logging.getLogger("aiohttp.server").isEnabledFor(logging.INFO)
    assert access.level == before


@pytest.mark.slow
def test_solutions_in_any_order():
    """The solutions pass shuffled and in parallel, and no output is added."""
    code, printed = plain("--tree=solutions", "-p", "randomly", "-p", "xdist", "-n", "2")
    assert code == 0
    assert "where to look" not in printed


def test_wrong_tree():
    """A tree that is not there is a usage error in a sentence."""
    code, printed = plain("--tree=nowhere")
    assert code == 4
    assert "--tree=nowhere: there is no such folder." in printed
    assert "Traceback" not in printed


def test_missing_file(tmp_path):
    """The error for a file that is missing names the command that restores it."""
    code, printed = plain(f"--tree={tmp_path}", "-k", "test_status")
    assert code == 1
    assert "has no file plain_text.py" in printed
    assert "python -m workshop reset plain_text" in printed
