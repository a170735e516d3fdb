"""Where no more is known: which line made an answer, or gave a value, and when."""

from __future__ import annotations

import linecache
import textwrap

import pytest

from workshop.asking import stamping
from workshop.course import ROOT
from workshop.evidence.conditions import condition
from workshop.evidence.trail import Trail, stepped
from workshop.report import Line
from workshop.tests.asking import ask_all

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
from steps.step03_rest.incoming import kept
from steps.step03_rest.posts import read_new


async def create_post(request):
    data = await request.json()
    {0}
    async with transaction(request) as db:
        post = kept(await store.add(db, fields))
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


ADD = 'web.get("/add", add)'
PAGES = 'web.get("/", index), web.get("/about", about)'
SUBMISSIONS = {
    "raised": app(
        "add",
        ADD,
        """
        def number(request, name):
            value = int(request.query.get(name) or 0)
            if not value:
                raise web.HTTPBadRequest(text=name)
            return value


        async def add(request):
            return web.Response(text=str(number(request, "first") + number(request, "second")))
        """,
    ),
    "returned": app(
        "add",
        ADD,
        """
        def answer(text):
            return web.Response(text=text)


        async def add(request):
            try:
                return answer(str(int(request.query["first"]) + int(request.query["second"])))
            except KeyError as error:
                return answer(str(error))
        """,
    ),
    "body": app(
        "add",
        ADD,
        """
        async def add(request):
            return web.Response(text=request.query["first"] + request.query["second"])
        """,
    ),
    "no_header": app(
        "status_headers",
        'web.get("/posts/1", read), web.post("/posts", create), web.delete("/posts/1", drop)',
        """
        async def read(request):
            return web.Response(text="Notes", headers={"X-Words": "1"})


        async def create(request):
            return web.Response(status=201)


        async def drop(request):
            return web.Response(status=204)
        """,
    ),
    "made_500": HEAD.format("create_post")
    + CREATE.format("fields = dict(data, owner=sqlite3.connect('/nowhere/at/all'))"),
    "unknown_500": HEAD.format("create_post") + CREATE.format("fields = 1 / 0"),
    "value": HEAD.format("sleeps_together")
    + """
async def ask(name, seconds):
    return name


async def ask_all(people):
    if people:
        return sorted(people)
    return []
""",
}


@pytest.fixture(scope="session")
def checks(tmp_path_factory):
    """The first check that each submission does not pass."""
    folder = tmp_path_factory.mktemp("answered")
    for name, text in SUBMISSIONS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return ask_all(folder)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "sentence", "action", "code"),
    [
        (
            "raised",
            "`number()` raised `web.HTTPBadRequest`, a 400, on line 14, because `if not value:` h",
            "is to be answered with 200, not refused here. Look at `if not value:`",
            "raise web.HTTPBadRequest(text=name)",
        ),
        (
            "returned",
            "`add()` answered 200 on line 19, in `except KeyError as error:` (line 18).",
            "GET /add?first=2 is to be refused with 400, not answered",
            "return answer(str(error))",
        ),
        (
            "body",
            "`add()` made this answer on line 12.",
            'For GET /add?first=2&second=3: "5" is asked for there, not "23".',
            'return web.Response(text=request.query["first"] + request.query["second"])',
        ),
        (
            "made_500",
            "The file of the database cannot be opened.",
            "Does its folder exist?",
            "fields = dict(data, owner=sqlite3.connect('/nowhere/at/all'))",
        ),
        (
            "unknown_500",
            "`create_post()` ended with an error, and a middleware made a 500 of it",
            "Look at this line.",
            "fields = 1 / 0",
        ),
        (
            "value",
            "`ask_all()` gave this value on line 18, because `if people:` held (line 17).",
            "is asked for at `[0]`",
            "return sorted(people)",
        ),
    ],
)
def test_named(checks, name, sentence, action, code):
    """Who, on which line, under which condition; and what was asked for there."""
    check = checks[name]
    assert check.advice, check
    assert sentence in check.advice.sentence
    assert action in check.advice.action
    assert check.advice.line.code == code
    assert check.place == check.advice.line


@pytest.mark.slow
def test_without_advice_there_is_a_place(checks):
    """The line of the answer, and the condition around it, are in the exchange as well."""
    server = checks["raised"].exchange.server
    assert server.answered.code == "raise web.HTTPBadRequest(text=name)"
    assert server.condition.code == "if not value:"
    assert all(check.place for check in checks.values())


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
    """The nearest around a line, in its own function."""
    file = str(ROOT / "exercises" / "step01_hello" / "conditions.py")
    linecache.cache[file] = (len(SOURCE), None, SOURCE.splitlines(True), file)
    try:
        found = condition(Line("exercises/step01_hello/conditions.py", number, "one", ""))
    finally:
        del linecache.cache[file]
    assert (found and found.words) == words


def run(source):
    """Return the trail that a source leaves, and its names."""
    trail = Trail()
    names = {stamping.NAME: lambda *words: words[-1], stamping.STEP: lambda *w: stepped("f.py", *w)}
    exec(stamping.compiled(textwrap.dedent(source).encode(), "f.py"), names)
    return trail, names


def test_trail():
    """What a `return` gave is known again: plain values when they are equal, others when same."""
    trail, names = run(
        """
        def first(): return [1]
        def second(): return first()
        def third():
            "Only a docstring."
        def text(): return "a" + "b"
        """
    )
    with trail.listening():
        given = names["second"]()
        names["third"]()
        names["text"]()
    assert names["text"]() == "ab"  # nobody listens any more
    assert [(s.function, s.gave) for s in trail.steps] == [
        ("second", False),
        ("first", False),
        ("first", True),
        ("second", True),
        ("text", False),
        ("text", True),
    ]
    assert trail.giving(given).function == "second"
    assert trail.giving([1]) is None
    assert trail.giving("ab").number == 6
    assert trail.giving(None) is None


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
