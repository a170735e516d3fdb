"""HTTP exchanges as the recorder builds them from the client's and the server's trace."""

from __future__ import annotations

import asyncio
import logging
from io import BytesIO

import aiohttp
import pytest
from aiohttp import web
from aiohttp_session import SimpleCookieStorage, session_middleware

from workshop.recorder.client_trace import ClientTrace
from workshop.recorder.exchanges import exchanges, marks
from workshop.recorder.server_trace import ServerTrace
from workshop.report import BODY_LIMIT, EXCHANGES_LIMIT, Mark, Message
from workshop.report.comparison import Comparison


async def greet(request):
    """Answer with the name in the path."""
    logging.getLogger("blog").warning("greeting %s", request.match_info["name"])
    return web.Response(text=f"Hello, {request.match_info['name']}!")


async def wrong(request):
    """Divide by zero."""
    return web.Response(text=str(1 / 0))


async def moved(request):
    """Lead to Ada."""
    raise web.HTTPFound("/greet/Ada")


async def echo(request):
    """Say what comes over a websocket."""
    ws = web.WebSocketResponse()
    await ws.prepare(request)
    async for message in ws:
        await ws.send_str(f"you said {message.data}")
    return ws


async def big(request):
    """Answer with more than is kept."""
    return web.Response(body=b"x" * (2 * BODY_LIMIT))


async def picture(request):
    """Answer with bytes that are no text."""
    return web.Response(body=b"\x89PNG\x00", content_type="image/png")


@web.middleware
async def timing(request, handler):
    """Pass the request on."""
    return await handler(request)


ROUTES = [
    web.get("/greet/{name}", greet),
    web.get("/wrong", wrong),
    web.post("/moved", moved),
    web.get("/echo", echo),
    web.get("/big", big),
    web.get("/picture", picture),
]


@pytest.fixture
def traces():
    """The client's and the server's trace of a check."""
    return ClientTrace(), ServerTrace()


@pytest.fixture
async def client(traces, aiohttp_client):
    """A client of the blog; every exchange is recorded."""
    client_trace, server_trace = traces
    app = web.Application(middlewares=[timing])
    app.add_routes(ROUTES)
    server_trace.record_app(app)
    with client_trace.recording():
        yield await aiohttp_client(app)


@pytest.fixture
def seen(traces):
    """Return the exchanges so far."""
    client_trace, server_trace = traces
    return lambda *said: exchanges(client_trace.requests, server_trace.records, *said)


async def test_a_request_with_both_halves(client, seen):
    """Request line, headers, status line, body; route, handler and middleware; a curl line."""
    response = await client.get("/greet/Ada", headers={"X-Asked-By": "Grace"})
    await response.text()
    (found,) = seen()
    assert found.request.start == "GET /greet/Ada HTTP/1.1"
    assert ("X-Asked-By", "Grace") in found.request.headers
    assert found.response.start == "HTTP/1.1 200 OK"
    assert found.response.body == "Hello, Ada!"
    assert (found.server.route, found.server.handler) == ("GET /greet/{name}", "greet")
    assert found.server.middlewares == ("timing",)
    assert found.curl.endswith("/greet/Ada")
    assert not found.inner


async def test_a_middleware_of_a_library_is_called_like_its_maker(traces, seen, aiohttp_client):
    """A middleware of a library has the name of the function that made it."""
    client_trace, server_trace = traces
    app = web.Application(middlewares=[session_middleware(SimpleCookieStorage()), timing])
    app.add_routes(ROUTES)
    server_trace.record_app(app)
    with client_trace.recording():
        await (await aiohttp_client(app)).get("/greet/Ada")
    (found,) = seen()
    assert found.server.middlewares == ("session_middleware", "timing")


async def test_responses_that_a_client_middleware_replaces(client, seen):
    """Each attempt has its own response, also if the client middleware then fails."""

    async def impatient(request, handler):
        assert (await handler(request)).status == 200
        (await handler(request)).release()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await client.get("/greet/Ada", middlewares=[impatient])
    assert [found.response.start for found in seen()] == ["HTTP/1.1 200 OK"] * 2


async def test_a_large_upload_is_a_form_in_curl(client, seen):
    """The curl line of a large upload names the file, not its first bytes."""
    form = aiohttp.FormData()
    form.add_field("file", BytesIO(b"x" * 2 * BODY_LIMIT), filename="talk.pdf")
    await client.post("/greet/Ada", data=form)
    assert " -F file=@talk.pdf http" in seen()[-1].curl


async def test_post_and_redirect(client, seen):
    """A redirect is two exchanges; a form's body is kept."""
    await client.post("/moved", data={"name": "Ada"})
    first, second = seen()
    assert first.request.body == "name=Ada"
    assert first.response.start == "HTTP/1.1 302 Found"
    assert ("Location", "/greet/Ada") in first.response.headers
    assert second.request.start == "GET /greet/Ada HTTP/1.1"


async def test_an_exception_in_a_handler(client, seen):
    """The server half has the exception's name and text; the response is the 500."""
    await client.get("/wrong")
    (found,) = seen()
    assert found.response.start.startswith("HTTP/1.1 500")
    assert found.server.error == "ZeroDivisionError: division by zero"


async def test_no_route(client, seen):
    """A 404 lists the nearest routes, a 405 those of the same path."""
    await client.get("/gret/Ada")
    await client.post("/wrong")
    missing, forbidden = seen()
    assert missing.server.route is None
    assert missing.server.nearest[0] == "GET /greet/{name}"
    assert forbidden.server.nearest == ("GET /wrong",)


@pytest.mark.parametrize(
    ("message", "marked"),
    [
        ("Page 8012 was refused with 404, and download() gave nothing", "/pages/8012"),
        ("Page 8010 was refused with 404.", "/pages/8010"),
        ("Page 8012 was refused with 503.", None),
        ("", None),
    ],
)
async def test_the_refusal_that_a_message_names(client, seen, message, marked):
    """The status of the refusal that a message names is marked, also if others came later."""
    for path in "/pages/8010", "/pages/8012", "/greet/Ada":
        await client.get(path)
    found = [each.request.start for each in seen(None, message) if each.marks == (Mark("status"),)]
    assert found == ([f"GET {marked} HTTP/1.1"] if marked else [])


async def test_log_records(client, seen, traces):
    """A log record stands with the request that it belongs to."""

    class Handler(logging.Handler):
        def emit(self, record):
            traces[1].record_log(record)

    handler = Handler()
    logging.getLogger("blog").addHandler(handler)
    try:
        await client.get("/greet/Ada")
        await client.get("/greet/Grace")
    finally:
        logging.getLogger("blog").removeHandler(handler)
    assert [found.server.log for found in seen()] == [
        ("WARNING blog: greeting Ada",),
        ("WARNING blog: greeting Grace",),
    ]


async def test_websocket(client, seen):
    """An exchange has the websocket frames of both sides, in order."""
    async with client.ws_connect("/echo") as ws:
        await ws.send_str("Ada")
        await ws.receive_str()
    (found,) = seen()
    assert [(frame.sent, frame.kind, frame.data) for frame in found.frames] == [
        (True, "TEXT", "Ada"),
        (False, "TEXT", "you said Ada"),
        (True, "CLOSE", "1000"),
    ]


async def test_bodies_are_capped_and_escaped(client, seen):
    """A body keeps its size and its beginning; bytes that are no text are escaped."""
    await (await client.get("/big")).read()
    await (await client.get("/picture")).read()
    long, image = seen()
    assert (len(long.response.body), long.response.size) == (BODY_LIMIT, 2 * BODY_LIMIT)
    assert image.response.body == "\\x89PNG\\x00"


async def test_unread_body(client, seen, traces):
    """A short body that the check did not read is read for it."""
    await client.get("/greet/Ada")
    assert seen()[0].response.body == ""
    await traces[0].read_remaining_bodies()
    assert seen()[0].response.body == "Hello, Ada!"


async def test_only_the_last_exchanges_are_kept(client, seen):
    """A check keeps the last exchanges."""
    for number in range(EXCHANGES_LIMIT + 3):
        await client.get(f"/greet/{number}")
    found = seen()
    assert len(found) == EXCHANGES_LIMIT
    assert found[-1].request.start == f"GET /greet/{EXCHANGES_LIMIT + 2} HTTP/1.1"


async def test_requests_of_the_learners_server(traces, seen, aiohttp_client):
    """Requests that the learner's server sends are marked as inner."""

    async def ask(request):
        async with aiohttp.ClientSession() as session:
            response = await session.get(request.url.with_path("/answer"))
            return web.Response(text=await response.text())

    async def answer(request):
        return web.Response(text="42")

    app = web.Application()
    app.add_routes([web.get("/ask", ask), web.get("/answer", answer)])
    traces[1].record_app(app)
    with traces[0].recording():
        client = await aiohttp_client(app)
        assert await (await client.get("/ask")).text() == "42"
    assert [(e.request.start.split()[1], e.inner) for e in seen()] == [
        ("/ask", False),
        ("/answer", True),
    ]


async def test_waiting_handler(traces, seen, aiohttp_server):
    """The server half of a handler that has not ended says that it waits."""
    entered, stop = asyncio.Event(), asyncio.Event()

    async def wait(request):
        entered.set()
        await stop.wait()
        return web.Response()

    app = web.Application()
    app.add_routes([web.get("/", wait)])
    traces[1].record_app(app)
    server = await aiohttp_server(app)
    with traces[0].recording():
        async with aiohttp.ClientSession() as session:
            asked = asyncio.create_task(session.get(server.make_url("/")))
            await entered.wait()
            traces[1].record_waiting()
            assert not traces[1].records[0].finished
            assert seen()[-1].response is None
            stop.set()
            await asked


def test_sessions_are_as_before():
    """After the recording, ClientSession is what it was before."""
    before = aiohttp.ClientSession.__init__
    with ClientTrace().recording():
        assert aiohttp.ClientSession.__init__ is not before
    assert aiohttp.ClientSession.__init__ is before


def test_frozen_app_is_left_alone():
    """An app that has already started is not recorded, and nothing breaks."""
    app = web.Application()
    app.freeze()
    ServerTrace().record_app(app)


async def test_mark(client, seen):
    """The last exchange that has the differing value is the one that is marked."""
    await (await client.get("/greet/Ada")).text()
    await client.get("/nowhere")
    found = seen(Comparison("==", "Hello, Ada!", "Hello, Grace!"))
    assert [exchange.marks for exchange in found] == [(Mark("body", 7, 10),), ()]


ANSWER = Message(
    "HTTP/1.1 201 Created",
    (("Content-Type", "text/html; charset=utf-8"), ("Location", "/posts/2")),
    '{"id": 1, "title": "Notes", "tags": ["a", "b"], "owner": {"name": "Zo\\u00eb"}}',
)
POST = {"id": 1, "title": "Notes", "tags": ["a", "b"], "owner": {"name": "Zoë"}}


def marked(came, wanted, operator="==", answer=ANSWER):
    """Return what is marked, as it stands in the answer."""
    found = list(marks(answer, Comparison(operator, came, wanted)))
    return [
        mark.part if mark.part != "body" else answer.body[mark.start : mark.end] for mark in found
    ]


@pytest.mark.parametrize(
    ("came", "wanted", "found"),
    [
        (201, 200, ["status"]),
        (200, 201, []),
        (True, False, []),
        ("text/html", "text/plain", ["Content-Type"]),
        ("/posts/2", "/posts/1", ["Location"]),
        ("Notes", "Nodes", ["t"]),
        ("Notes", "Letters", ["Note"]),
        ("Zoë", "Zoe", ['"Zo\\u00eb"']),
        (1, 2, ["1"]),
        (POST, POST | {"title": "Letters"}, ['"Notes"']),
        (POST, {"id": 1}, ['"Notes"']),
        (POST, [], [""]),
        (None, "x", []),
        ("not in it", "x", []),
        (ANSWER.body.encode(), b"", [ANSWER.body]),
    ],
)
def test_marks(came, wanted, found):
    """The value that came is found in status, headers, body and JSON, or nothing is marked."""
    assert marked(came, wanted) == found


def test_marks_what_must_not_be_there():
    """For `not in` the part that must not be there is marked."""
    assert marked(ANSWER.body, "Notes", "not in") == ["Notes"]
    assert marked(ANSWER.body, "Ada", "in") == []


async def test_equal_requests_are_paired_in_order(client, seen):
    """Each of two equal requests has its own server half, in order."""
    await client.post("/moved", allow_redirects=False)
    for _ in range(2):
        await client.get("/wrong")
    found = seen()
    assert [bool(exchange.server) for exchange in found] == [True] * 3
    assert len({id(exchange.server) for exchange in found}) == 3


def in_json(body, came, wanted):
    """Return what is marked in a body of JSON."""
    return marked(came, wanted, answer=Message("HTTP/1.1 200 OK", (), body))


@pytest.mark.parametrize(
    ("body", "came", "wanted", "found"),
    [
        # the value that stands there twice is told by its key
        ('{"a": 1, "b": 1}', {"a": 1, "b": 1}, {"a": 1, "b": 2}, ["1"]),
        ('{"a": 1, "b": 1}', 1, 2, []),
        ('[{"id": 3}, {"id": 4}]', [{"id": 3}, {"id": 4}], [{"id": 3}, {"id": 5}], ["4"]),
        ("[1, 2, 3]", [1, 2, 3], [1, 2], ["[1, 2, 3]"]),
        ("[1, [2, 3]]", [1, [2, 3]], [1, [2, 4]], ["[1, [2, 3]]"]),
        ('{"a": {"b": 5}}', {"a": {"b": 5}}, {"a": {"b": 6}}, ["5"]),
        ('{"a": {"b": 5}}', {"a": {"b": 5}}, {"a": 6}, ['{"b": 5}']),
        ('{"a": true, "b": 1}', True, False, ["true"]),
        ('{"a": 1.0}', 1, 2, []),
        ('"a"', "a", "b", ['"a"']),
        ("no JSON", {"a": 1}, {"a": 2}, []),
    ],
)
def test_marks_in_json(body, came, wanted, found):
    """The first value that is not as wanted, by its key; else the whole body, or nothing."""
    assert [part or body for part in in_json(body, came, wanted)] == found


def test_marks_in_text():
    """A text that came whole, or stands in the body just once; a letter by itself only whole."""
    answer = Message("HTTP/1.1 200 OK", (), "ab cd cd")
    assert marked("cd", "ce", answer=answer) == []
    assert marked("ab", "ax", answer=answer) == ["b"]
    assert marked("b", "x", answer=answer) == []
    assert marked("a", "abc", answer=Message("HTTP/1.1 200 OK", (), "a")) == ["a"]
