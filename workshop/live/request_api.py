"""The API that sends a request to a running app for the page, and returns the exchange.

It reaches apps of this course on the loopback address, and no other server.
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
from workshop.live.json_api import ApiError, json_response, read_body
from workshop.live.messages import AppRequest, AppResult, SentExchange, extended
from workshop.report import Exchange
from workshop.report.curl import curl

routes = web.RouteTableDef()
HTTP_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
"""A token of RFC 9110: a method, or the name of a header."""
CONNECTION_HEADERS = frozenset(
    {"content-length", "transfer-encoding", "connection", "upgrade", "expect"}
)
"""Headers of the connection, which the HTTP client sends itself."""
MAX_HEADERS = 50
MAX_LINE = 8_000
"""Bytes of a path, or of a header's value."""
MAX_BODY = 1024 * 1024
"""Bytes of a request's body, and of a response's body that is read."""
RESPONSE_SECONDS = 10.0
"""Seconds that a response may take."""


@routes.post("/requests")
async def send_request(request: web.Request) -> web.Response:
    """Send a request to an app; return request and response as they went over the wire."""
    outgoing = await read_body(request, AppRequest)
    check_request(outgoing)
    port = request.app[CONTEXT].apps.port_of(outgoing.app)
    began = perf_counter()
    exchange, error = await send(port, outgoing)
    seconds = round(perf_counter() - began, 4)
    return json_response(AppResult(extended(SentExchange, exchange, seconds=seconds), error))


def check_request(outgoing: AppRequest) -> None:
    """Raise ApiError 422 for an invalid request, 413 for a body that is too large."""
    if not HTTP_TOKEN.fullmatch(outgoing.method) or outgoing.method.upper() == "CONNECT":
        raise ApiError(422, "The method is a word such as GET, POST, PUT or DELETE.")
    if not _on_one_line(outgoing.path):
        raise ApiError(422, "The path stands on one line, such as /posts?page=2.")
    if len(outgoing.headers) > MAX_HEADERS:
        raise ApiError(422, f"At most {MAX_HEADERS} headers are sent.")
    for name, value in outgoing.headers:
        _check_header(name, value)
    try:
        size = len(outgoing.body.encode())
    except UnicodeEncodeError as error:
        raise ApiError(
            422, f"Character {error.start + 1} of the body is half of a letter."
        ) from error
    if size > MAX_BODY:
        raise ApiError(413, f"A body of at most {MAX_BODY:,} bytes is sent from here.")


async def send(port: int, outgoing: AppRequest) -> tuple[Exchange, str | None]:
    """Send a request to a port of the loopback address; return the exchange.

    The text says why there is no response, or is None. No redirect is followed, no cookie kept.
    Raises ApiError 422 for a path that leads to another server.
    """
    target = app_url(port, outgoing.path)
    exchange, problem = await client.send(
        outgoing.method,
        target,
        outgoing.headers,
        outgoing.body.encode(),
        seconds=RESPONSE_SECONDS,
        most=MAX_BODY,
    )
    sent = exchange.request
    line = curl(outgoing.method.upper(), str(target), sent.headers, sent.body)
    exchange = replace(exchange, curl=line)
    if isinstance(problem, TimeoutError):
        return exchange, f"No answer within {RESPONSE_SECONDS:g} s. Does its handler wait for ever?"
    if problem:
        what = str(problem) or type(problem).__name__
        return exchange, f"No answer: {what}. See what the app printed."
    return exchange, None


def app_url(port: int, path: str) -> URL:
    """Return the URL of a path at an app; raises ApiError 422 for a path of another server."""
    made = join_url(port, path)
    if not path.startswith("/") or (made.host, made.port) != (ports.HOST, port):
        raise ApiError(422, "The path begins with /, such as /posts?page=2: it is one of the app.")
    return made


def join_url(port: int, path: str) -> URL:
    """Return an app's address with a path behind it, not ASCII escaped; raises ApiError 422."""
    target = quote(path.partition("#")[0], safe=string.punctuation)
    try:
        return URL(f"http://{ports.HOST}:{port}{target}", encoded=True)
    except ValueError as error:
        raise ApiError(422, f"The path cannot be sent: {error}.") from error


def _check_header(name: str, value: str) -> None:
    """Raise ApiError 422 for an invalid header, or one of the connection."""
    if not HTTP_TOKEN.fullmatch(name) or not _on_one_line(value):
        raise ApiError(422, "A header is a name, such as X-Name, and a value on one line.")
    if name.lower() in CONNECTION_HEADERS:
        raise ApiError(422, f"The course sends {name} itself. Leave it out.")


def _on_one_line(text: str) -> bool:
    """Whether a text is one line of UTF-8 that is not too long."""
    with contextlib.suppress(UnicodeEncodeError):
        return len(text.encode()) <= MAX_LINE and not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", text)
    return False
