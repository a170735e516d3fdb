"""Find a request in the log.

Someone says: "It failed, and the answer had the number 3f9c0a61." Make the log tell what happened.
Each answer has its number in `X-Request-ID`; each line of the log begins with the number of the
request that it belongs to, in functions too that know nothing of requests, such as `fetch`.
One line says how a request ended, such as `GET /books/1 200`; what was asked stands there whole.
A number that came with the request is kept if it is `HARMLESS`: servers can then share it.
`CURRENT` is a context variable: each request sees what it has set itself.
"""

import asyncio
import logging

import pytest
from aiohttp import web

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=3, minutes=10, when="home")


@pytest.fixture(autouse=True)
def _informed(monkeypatch, caplog, exercise):
    """Let the lines of INFO through, wait for nothing; leave no filter for the next check."""
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(exercise, "MOMENT", 0, raising=False)
    yield
    logging.getLogger(exercise.__name__).filters.clear()


def number_of(response):
    """Return the number of an answer."""
    number = response.headers.get("X-Request-ID")
    assert number, f"The answer to GET {response.url.path} has no X-Request-ID." | cause(
        what="The header was not set on this answer; what is raised comes past the line after"
        " `await handler(request)`.",
        do="Set it in `add_number`: it is called for every answer that goes out.",
    )
    return number


async def moved(request):
    """Lead on to a book, as another part of the library might."""
    raise web.HTTPSeeOther("/books/1")


def lines_of(caplog):
    """Return the lines that the library wrote, without those of aiohttp itself."""
    return [r.getMessage() for r in caplog.records if not r.name.startswith(("aiohttp", "asyncio"))]


@pytest.mark.hint(
    "A number is made once for each request, and must be found again when its answer is sent.",
    "In number_requests: `request[REQUEST_ID] = number_for(request)`, first of all.",
    "`add_number` is called for every answer: set `response.headers[...]` there.",
)
async def test_answers_have_numbers(client):
    """Every answer has a number of its own, a 404 as well."""
    numbers = set()
    for path, status in ("/books/1", 200), ("/books/1", 200), ("/books/9", 404), ("/no", 404):
        response = await client.get(path)
        assert response.status == status
        numbers.add(number_of(response))
    assert len(numbers) == 4, "Two answers have the same number." | cause(
        what="The number was made once, not once for each request.",
        do="Call `number_for(request)` in `number_requests`.",
    )


@pytest.mark.hint(
    "The log does not know the request. A context variable does, in whatever function is called.",
    "`CURRENT.set(number)` in number_requests, `CURRENT.get()` in NumberedLog.process.",
    'process returns the line and `kwargs`: `return f"{CURRENT.get()} {msg}", kwargs`.',
)
async def test_lines_have_the_number(client, caplog):
    """Each line that is written for GET /books/2 begins with the number of its answer."""
    response = await client.get("/books/2")
    assert response.status == 200
    number, lines = number_of(response), lines_of(caplog)
    assert any("book 2 is here" in line for line in lines)
    for line in lines:
        assert line.startswith(number), (
            f"This line does not begin with {number}: {line}"
            | cause(
                when="ContextVar" in line,
                what="The variable itself is in the line, not its value.",
                do="Ask it: `CURRENT.get()`.",
            )
            | cause(
                what="The number of the answer is not the one that `process` puts in front.",
                do="Make it once, in `number_requests`: keep it in `request[REQUEST_ID]` and,"
                " before the handler, with `CURRENT.set(…)`; `process` asks `CURRENT.get()`.",
            )
        )


@pytest.mark.hint(
    'After the handler: `log.info("%s %s %d", request.method, request.rel_url, status)`.',
    "A 404 is raised: only `finally:` is reached either way.",
    "Begin with `status = 500`, and set it to what was answered, or to `error.status`.",
)
async def test_how_it_ended(app, aiohttp_client, caplog):
    """One line says how a request ended: 200, a 303, a 404, a 500 of a broken handler."""
    app.router.add_get("/moved", moved)
    client = await aiohttp_client(app)
    for path, status in (
        ("/books/1", 200),
        ("/moved", 303),
        ("/books/9", 404),
        ("/no?page=2", 404),
        ("/broken", 500),
    ):
        caplog.clear()
        response = await client.get(path, allow_redirects=False)
        assert response.status == status
        ended = f"{number_of(response)} GET {path} {status}"
        lines = lines_of(caplog)
        assert lines.count(ended) == 1, (
            f"One line must be: {ended}\nThere are:\n" + "\n".join(lines)
        ) | (
            cause(
                when=f"{ended.rpartition(' ')[0]} 500" in lines,
                what="What a handler raises was written down as a 500.",
                do="Catch `web.HTTPException as error`: it has `error.status`. A redirect is one.",
            )
            | cause(
                when="?" in path and ended.replace("?page=2", "") in lines,
                what="The line has the path without the query.",
                do="Write `request.rel_url`, which has both.",
            )
            | cause(
                when=not any(line.endswith(f" {status}") for line in lines),
                what="No line says how this request ended.",
                do="Write it in `finally:`, which is reached too when a handler raises.",
            )
            | cause(
                what="The line about this request is another one.",
                do='Write `log.info("%s %s %d", request.method, request.rel_url, status)` once.',
            )
        )


@pytest.mark.hint(
    "While one request waits in fetch, others come: a global variable has the last one's number.",
    "A ContextVar has a value for each task; aiohttp answers each client in a task of its own.",
)
async def test_ten_at_once(client, caplog, exercise, monkeypatch):
    """Ten requests at once: each line has the number of its own request."""
    monkeypatch.setattr(exercise, "MOMENT", 0.01)  # time enough for the others to come
    answers = await asyncio.gather(*(client.get(f"/books/{n}") for n in range(1, 11)))
    assert [answer.status for answer in answers] == [200] * 2 + [404] * 8
    for n, answer in enumerate(answers, 1):
        about = [line for line in lines_of(caplog) if f"book {n} " in f"{line} "]
        assert len(about) == 2
        for line in about:
            assert line.startswith(number_of(answer)), (
                "A line has the number of somebody else."
                | cause(
                    what="A request that came later has changed the number of this one.",
                    do="Keep it with `CURRENT.set(number)`: there each task has its own.",
                )
            )


@pytest.mark.hint(
    '`request.headers.get("X-Request-ID", "")` is what came, or nothing.',
    "`HARMLESS.fullmatch(sent)` looks at all of it; `match` only at how it begins.",
)
async def test_a_number_that_came(client, caplog):
    """A harmless number is kept, any other is replaced."""
    kept = await client.get("/books/1", headers={"X-Request-ID": "shop-3f9c0a61"})
    assert kept.status == 200
    assert number_of(kept) == "shop-3f9c0a61", cause(
        what="The number that came was replaced, though it is harmless.",
        do='Take `request.headers.get("X-Request-ID", "")` if `HARMLESS.fullmatch` says yes.',
    )
    for sent in "1234567", "a" * 37, "3f9c0a61 GET /forged", "%s%s%s%s", "<b>3f9c0a61</b>", "":
        answer = await client.get("/books/1", headers={"X-Request-ID": sent})
        assert answer.status == 200
        assert number_of(answer) != sent, f"Not all of {sent!r} is HARMLESS; it was kept." | cause(
            what="A number was kept without looking at all of it.",
            do="Ask `HARMLESS.fullmatch(sent)`; `match` looks at the beginning only.",
        )
    assert not any("forged" in line for line in lines_of(caplog))
