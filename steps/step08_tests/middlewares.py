"""Around every request: its number, where it comes from, a line in the log, safe headers."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from secrets import token_hex

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from aiohttp_remotes import XForwardedFiltered

from .config import Network

log = logging.getLogger(__name__)

REQUEST_ID = web.RequestKey("request_id", str)
LINE = web.ResponseKey[Callable[[int], None]]("line")

GONE = 499
"""What the log says when there was no answer: the client went away, or the server was stopped."""

FORWARDED = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host")
"""What a proxy says of the client; two headers of a name say the same as one list of both."""

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""What a browser may do with our answers: run our scripts only, frame nothing, guess no types."""


@web.middleware
async def number_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give each request a number of its own, for the log and for the answer."""
    request[REQUEST_ID] = token_hex(4)
    return await handler(request)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Give each answer its headers at the last moment, whoever made it."""
    response.headers.update(SECURITY_HEADERS)
    response.headers.setdefault("Cache-Control", "private, no-cache")  # ask again each time
    response.headers["X-Request-ID"] = request.get(REQUEST_ID, "none")  # refused before it got one


def joined(request: web.Request) -> web.Request:
    """Return the request with one header of each kind: some proxies add a second one to ours."""
    headers = request.headers.copy()
    for name in FORWARDED:
        if name in headers:
            headers[name] = ", ".join(headers.getall(name))
    return request.clone(headers=headers)


def trust_proxies(proxies: Sequence[Network]) -> Middleware:
    """Make a middleware that takes the client's address from our proxies, and from nobody else.

    A Unix socket has no addresses: whoever may open that file is a proxy of ours.
    """
    forwarded = XForwardedFiltered(proxies)

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        remote = request.remote
        if remote == "" or (remote and any(ip_address(remote) in known for known in proxies)):
            return await forwarded.middleware(joined(request), handler)
        return await handler(request)

    return middleware


@web.middleware
async def log_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Have one line written about each request: who wanted what, how it ended, how long it took."""
    start = time.perf_counter()

    def write(status: int) -> None:
        took = 1000 * (time.perf_counter() - start)
        what = f"{request.remote} {request.method} {request.rel_url}"
        log.info("%s %s %d in %.0f ms", request[REQUEST_ID], what, status, took)

    try:
        response = await handler(request)
    except web.HTTPException as redirect:
        redirect[LINE] = write
        raise
    except BaseException as error:
        write(GONE if isinstance(error, asyncio.CancelledError) else 500)
        raise
    if response.prepared:  # a stream, which has been sent by now
        write(response.status)
    else:
        response[LINE] = write
    return response


async def write_line(request: web.Request, response: web.StreamResponse) -> None:
    """Write the line of the log when the answer is sent: a file knows its status only now."""
    if LINE in response:
        response[LINE](GONE if request.transport is None else response.status)
