"""Advice from the record alone: the line that made an answer or a value, and its condition."""

from __future__ import annotations

import functools
import io
import linecache
import textwrap
from typing import Any

import pytest
from aiohttp import web
from rich.console import Console

from workshop.advice import observed
from workshop.course import ROOT, discover
from workshop.recorder import instrument
from workshop.recorder.call_trace import CallTrace, record_call
from workshop.recorder.conditions import enclosing_condition
from workshop.recorder.server_trace import ServerTrace
from workshop.report import Line, Message, Outcome
from workshop.report.comparison import Comparison
from workshop.runner import checker
from workshop.terminal.report_text import ReportWriter
from workshop.tests.submissions_runner import first_failures

HEAD = '''"""A submission.

exercise: {0}
"""

import sqlite3

from aiohttp import web


'''
TAIL = """

def create_app():
    app = web.Application()
    app.add_routes([{0}])
    return app
"""
CREATE = """
import logging, os
from dataclasses import asdict
from steps.step03_rest import store
from steps.step03_rest.config import CONFIG, from_environment
from steps.step03_rest.db import database, transaction
from steps.step03_rest.errors import answer_errors
from steps.step03_rest.parsing import or_507
from steps.step03_rest.posts import read_new


async def create_post(request):
    data = await request.json()
    {0}
    async with transaction(request) as db:
        post = or_507(await store.add(db, fields))
    return web.json_response(asdict(post), status=201)


def create_app():
    app = web.Application(middlewares=[answer_errors])
    app[CONFIG] = from_environment()
    app.cleanup_ctx.append(database)
    app.add_routes([web.post("/api/posts", create_post)])
    return app
"""


def app(exercise, routes, body):
    """Return the text of a submission."""
    return HEAD.format(exercise) + textwrap.dedent(body).strip() + TAIL.format(routes)


SUBMISSIONS = {
    "made_500": HEAD.format("create_post")
    + CREATE.format("fields = dict(data, owner=sqlite3.connect('/nowhere/at/all'))"),
    "unknown_500": HEAD.format("create_post") + CREATE.format("fields = 1 / 0"),
}


pytestmark = pytest.mark.xdist_group("answered")  # all submissions are asked at once


@pytest.fixture(scope="session")
def checks(tmp_path_factory):
    """The first check that each submission does not pass."""
    folder = tmp_path_factory.mktemp("answered")
    for name, text in SUBMISSIONS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return first_failures(folder)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "sentence", "action"),
    [
        ("made_500", "The file of the database cannot be opened.", "Does its folder exist?"),
        (
            "unknown_500",
            "`create_post()` ended with an error, and a middleware made a 500 of it",
            "Look at this line.",
        ),
    ],
)
def test_what_a_middleware_answered(checks, name, sentence, action):
    """An error that a middleware made a 500 is explained as an uncaught one."""
    check = checks[name]
    assert check.advice, check
    assert sentence in check.advice.sentence
    assert action in check.advice.action
    assert check.advice.line.code.startswith("fields = ")


BLOG = """
from aiohttp import web

POSTS = {}


def number(request, name):
    value = int(request.query.get(name) or 0)
    if not value:
        raise web.HTTPBadRequest(text=name)
    return value


def page(text):
    return web.Response(text=text)


async def add(request):
    try:
        return page(str(number(request, "a") + int(request.query["b"])))
    except KeyError as error:
        return page(str(error))


async def show(request):
    if "it" not in POSTS:
        raise web.HTTPNotFound()
    return web.json_response({"title": POSTS["it"]})


async def keep(request):
    POSTS["it"] = 5
    return web.Response(status=201, headers={"Location": "/posts"})


async def read(request):
    await request.content.read()
    try:
        return web.json_response(await request.json())
    except ValueError:
        raise web.HTTPBadRequest() from None


ROUTES = [web.get("/add", add), web.get("/it", show)]
ROUTES += [web.post("/it", keep), web.post("/read", read)]
"""


@pytest.fixture
async def ask(aiohttp_client, monkeypatch):
    """Return a function that sends requests to the blog and returns answers with server records."""
    file = str(ROOT / "exercises" / "step01_hello" / "blog.py")
    monkeypatch.setitem(linecache.cache, file, (len(BLOG), None, BLOG.splitlines(True), file))
    names: dict[str, Any] = {instrument.LINE_HOOK: lambda *words: words[-1]}
    names[instrument.CALL_HOOK] = functools.partial(record_call, file)
    exec(instrument.compile_instrumented(BLOG.encode(), file), names)
    app, server, trace = web.Application(), ServerTrace(), CallTrace()
    app.add_routes(names["ROUTES"])
    server.record_app(app)
    with trace.recording():
        client = await aiohttp_client(app)

        async def asked(*lines):
            found = []
            for line in lines:
                answer = await client.request(*line.split())
                start = f"HTTP/1.1 {answer.status} {answer.reason}"
                headers = tuple(answer.headers.items())
                message = Message(start, headers, await answer.text())
                found.append((message, server.records[-1]))
            return found

        yield asked


@pytest.mark.parametrize(
    ("lines", "actual", "expected", "claim", "sentence", "action"),
    [
        (
            ["GET /add?a=0&b=2"],
            400,
            200,
            "",
            "`number()` raised `web.HTTPBadRequest`, a 400, on line 10,"
            " because `if not value:` held (line 9).",
            "GET /add?a=0&b=2 is to be answered with 200, not refused here. Look at `if",
        ),
        (
            ["GET /add?a=1"],
            200,
            400,
            "",
            "`add()` answered 200 on line 22, in `except KeyError as error:` (line 21).",
            "GET /add?a=1 is to be refused with 400, not answered:"
            " `raise web.HTTPBadRequest(…)` before that.",
        ),
        (
            ["GET /add?a=1&b=2"],
            "3",
            "4",
            "",
            "`add()` made this answer on line 20.",
            'For GET /add?a=1&b=2: "4" is asked for there, not "3".',
        ),
        (
            ["POST /it"],
            201,
            303,
            "",
            "`keep()` answered 201 on line 33.",
            "POST /it is to be answered with 303: `raise web.HTTPSeeOther(…)` instead.",
        ),
        (
            ["POST /it"],
            None,
            "5",
            'assert response.headers.get("X-Id") == "5"',
            "`keep()` made an answer with no header `X-Id` on line 33.",
            'For POST /it it is to be `headers={"X-Id": "5"}`.',
        ),
        (
            ["GET /add?a=1&b=2", "GET /add?a=1"],
            [200, 200],
            [200, 400],
            "",
            "`add()` made the answer: request 2 of 2 got 200 on line 22,"
            " in `except KeyError as error:` (line 21).",
            "GET /add?a=1 is to be refused with 400, not answered:"
            " `raise web.HTTPBadRequest(…)` before that.",
        ),
        (["GET /it"], 404, 200, "", "`show()` raised `web.HTTPNotFound`, a 404, on line 27", ""),
        (
            ["POST /read"],
            400,
            200,
            "",
            "`read()` raised `web.HTTPBadRequest`, a 400, on line 41, in `except ValueError:`",
            "An empty text was read as JSON. Was the body read before this?",
        ),
        (["POST /it", "GET /it"], {"title": 5}, {"title": "a"}, "", None, None),
        (["POST /it"], 7, 8, "", None, None),
    ],
)
async def test_answers(ask, lines, actual, expected, claim, sentence, action):
    """The advice names function, line and condition of an answer, unless it shows stored data."""
    found = observed.advice_on_answers(
        await ask(*lines), Comparison.of_assertion("==", actual, expected), claim
    )
    if sentence is None:
        assert found is None
        return
    assert found
    assert found.sentence.startswith(sentence)
    assert found.action.startswith(action)
    assert found.line
    assert f"line {found.line.number}" in found.sentence


async def test_the_exchange_knows_the_line(ask):
    """The advice names the condition around the line."""
    ((_, record),) = await ask("GET /add?a=0&b=2")
    known = record.server_half()
    assert known.answered.code == "raise web.HTTPBadRequest(text=name)"
    assert known.condition.code == "if not value:"


SOURCE = """
def one(a):
    if a:
        x = 1
        return x
    elif a is None:
        return 2
    else:
        return 3


def two(a):
    try:
        return int(a)
    except ValueError:
        for b in a:
            return b
    match a:
        case "x":
            return 4
    with a:
        return 5
"""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (5, "because `if a:` held (line 3)"),
        (7, "because `elif a is None:` held (line 6)"),
        (9, "because `elif a is None:` did not hold (line 6)"),
        (14, None),
        (17, "in `except ValueError:` (line 15)"),
        (20, 'in `case "x":` (line 19)'),
        (22, None),
    ],
)
def test_condition(number, words):
    """The condition is the nearest one around a line, in the same function."""
    file = str(ROOT / "exercises" / "step01_hello" / "conditions.py")
    linecache.cache[file] = (len(SOURCE), None, SOURCE.splitlines(True), file)
    try:
        found = enclosing_condition(Line("exercises/step01_hello/conditions.py", number, "one", ""))
    finally:
        del linecache.cache[file]
    assert (found and found.words) == words


def run(source):
    """Return the trace that a source leaves, and its names."""
    trace = CallTrace()
    names = {
        instrument.LINE_HOOK: lambda *words: words[-1],
        instrument.CALL_HOOK: lambda *w: record_call("f.py", *w),
    }
    exec(instrument.compile_instrumented(textwrap.dedent(source).encode(), "f.py"), names)
    return trace, names


def test_a_returned_value_is_recognised():
    """A returned value is recognised: a plain one if equal, any other if identical."""
    trace, names = run(
        """
        def first(): return [1]
        def second(): return first()
        def third():
            "Only a docstring."
        def text(): return "a" + "b"
        """
    )
    with trace.recording():
        given = names["second"]()
        names["third"]()
        names["text"]()
    assert names["text"]() == "ab"  # nobody listens any more
    assert [(e.function, e.is_return) for e in trace.events] == [
        ("second", False),
        ("first", False),
        ("first", True),
        ("second", True),
        ("text", False),
        ("text", True),
    ]
    assert trace.returning(given).function == "second"
    assert trace.returning([1]) is None
    assert trace.returning("ab").number == 6
    assert trace.returning(None) is None


def test_returned():
    """The `return` that gave a value is named; a value that no `return` gave is not."""
    trace, names = run("def made(): return [1, 2]")
    with trace.recording():
        actual = names["made"]()
    step = trace.returning(actual)
    assert step
    assert (step.function, step.number) == ("made", 1)
    assert observed.advice_on_return_value(trace, Comparison.of_assertion("==", [9], [1])) is None


def test_stamps_change_nothing():
    """Docstrings, generators, lambdas, methods and nested functions work as they did."""
    _, names = run(
        '''
        def made(a, *, b=2):
            """Its docstring."""
            def inner(c):
                nonlocal a
                a += c
                return a
            return inner(b), (lambda x: x)(b)

        def numbers():
            got = yield 1
            return got

        class Thing:
            @property
            def it(self): return 7
        '''
    )
    assert names["made"](1) == (3, 2)
    assert names["made"].__doc__ == "Its docstring."
    assert list(names["numbers"]()) == [1]
    assert names["Thing"]().it == 7


IMPORT = HEAD.format("plain_text") + "NAMES = {}\nADA = 1 / len(NAMES)\n"
CREATED = app("plain_text", 'web.get("/", 1 / 0)', "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "sentence", "code"),
    [
        (
            IMPORT,
            "The file cannot be run to its end: line 12 raises ZeroDivisionError.",
            "ADA = 1 / len(NAMES)",
        ),
        (
            CREATED,
            "`create_app()` raises ZeroDivisionError on line 15, and nobody catches it.",
            'app.add_routes([web.get("/", 1 / 0)])',
        ),
    ],
    ids=["on import", "in each check"],
)
async def test_one_error_for_all(tmp_path, text, sentence, code):
    """Where all checks break for one reason, its line, the action and the checks are shown."""
    exercise = discover().select("plain_text")[0]
    file = tmp_path / "plain_text.py"
    file.write_text(text, "utf-8")
    report = await checker.check(exercise, file)
    assert report.outcome is Outcome.BROKEN
    assert report.message == "ZeroDivisionError: division by zero"
    assert report.advice
    assert report.advice.sentence == sentence
    assert report.place
    assert report.place.code == code
    stream = io.StringIO()
    ReportWriter(Console(file=stream, width=120, highlight=False)).report(report, exercise, {})
    read = stream.getvalue()
    assert code in read
    assert all(question.sentence in read for question in exercise.questions)
