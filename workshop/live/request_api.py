"""The requests panel: a request to a running app, sent by the course, and its answer.

It reaches apps of this course on the loopback address, and nothing else.
"""

from __future__ import annotations

import contextlib
import re
import string
from dataclasses import replace
from time import perf_counter
from urllib.parse import quote

from aiohttp import web
from yarl import URL

from workshop.apps import client, ports
from workshop.live.context import CONTEXT
from workshop.live.json_api import ApiError, answer, body
from workshop.live.messages import Answer, Ask, SentExchange, extended
from workshop.report import Exchange
from workshop.report.curl import curl

routes = web.RouteTableDef()
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
"""What HTTP allows as a method, and as a header's name."""
OWN = frozenset({"content-length", "transfer-encoding", "connection", "upgrade", "expect"})
"""Headers that belong to the connection: the course sends them."""
HEADERS = 50
LENGTH = 8_000
"""Characters of a path, or of a header's value."""
SENT = 1024 * 1024
"""Bytes of a body that is sent, and of an answer that is read."""
SECONDS = 10.0
"""An answer that takes longer is given up."""


@routes.post("/requests")
async def ask(request: web.Request) -> web.Response:
    """Send a request to an app and return both halves as they went over the wire."""
    wanted = await body(request, Ask)
    check(wanted)
    port = request.app[CONTEXT].apps.port_of(wanted.app)
    began = perf_counter()
    exchange, error = await send(port, wanted)
    seconds = round(perf_counter() - began, 4)
    return answer(Answer(extended(SentExchange, exchange, seconds=seconds), error))


def check(wanted: Ask) -> None:
    """Raise ApiError 422 for what is no request to an app of this course."""
    if not TOKEN.fullmatch(wanted.method) or wanted.method.upper() == "CONNECT":
        raise ApiError(422, "The method is a word such as GET, POST, PUT or DELETE.")
    if not _plain(wanted.path):
        raise ApiError(422, "The path stands on one line, such as /posts?page=2.")
    if len(wanted.headers) > HEADERS:
        raise ApiError(422, f"At most {HEADERS} headers are sent.")
    for name, value in wanted.headers:
        _check_header(name, value)
    try:
        size = len(wanted.body.encode())
    except UnicodeEncodeError as error:
        raise ApiError(
            422, f"Character {error.start + 1} of the body is half of a letter."
        ) from error
    if size > SENT:
        raise ApiError(413, f"A body of at most {SENT:,} bytes is sent from here.")


async def send(port: int, wanted: Ask) -> tuple[Exchange, str | None]:
    """Send a request to a port of the loopback address; return what went over the wire.

    The text says why there is no answer. No redirect is followed, no cookie remembered.
    """
    target = address(port, wanted.path)
    exchange, problem = await client.send(
        wanted.method,
        target,
        wanted.headers,
        wanted.body.encode(),
        seconds=SECONDS,
        most=SENT,
    )
    sent = exchange.request
    line = curl(wanted.method.upper(), str(target), sent.headers, sent.body)
    exchange = replace(exchange, curl=line)
    if isinstance(problem, TimeoutError):
        return exchange, f"No answer within {SECONDS:g} s. Does its handler wait for ever?"
    if problem:
        what = str(problem) or type(problem).__name__
        return exchange, f"No answer: {what}. See what the app printed."
    return exchange, None


def address(port: int, path: str) -> URL:
    """Return the address of a path at an app; raises ApiError 422 for one that leads elsewhere."""
    made = joined(port, path)
    if not path.startswith("/") or (made.host, made.port) != (ports.HOST, port):
        raise ApiError(422, "The path begins with /, such as /posts?page=2: it is one of the app.")
    return made


def joined(port: int, path: str) -> URL:
    """Return what a path comes to behind an app's address; letters beyond ASCII are escaped."""
    target = quote(path.partition("#")[0], safe=string.punctuation)
    try:
        return URL(f"http://{ports.HOST}:{port}{target}", encoded=True)
    except ValueError as error:
        raise ApiError(422, f"The path cannot be sent: {error}.") from error


def _check_header(name: str, value: str) -> None:
    """Raise ApiError 422 for what is no header, or one that the course sends itself."""
    if not TOKEN.fullmatch(name) or not _plain(value):
        raise ApiError(422, "A header is a name, such as X-Name, and a value on one line.")
    if name.lower() in OWN:
        raise ApiError(422, f"The course sends {name} itself. Leave it out.")


def _plain(text: str) -> bool:
    """Whether a text stands on one line and can be sent."""
    with contextlib.suppress(UnicodeEncodeError):
        return len(text.encode()) <= LENGTH and not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", text)
    return False
