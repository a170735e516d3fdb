"""A raised redirect is logged as a 500: only errors are looked at.

check: test_how_it_ended
says: GET /moved 303
"""

import asyncio
import logging
import os
import re
from collections.abc import MutableMapping
from contextvars import ContextVar
from secrets import token_hex
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

CURRENT = ContextVar("current", default="-")
"""The number of the request that is answered now; each request sees its own."""
REQUEST_ID = web.RequestKey("request_id", str)
HARMLESS = re.compile(r"[A-Za-z0-9-]{8,36}")


class NumberedLog(logging.LoggerAdapter[logging.Logger]):
    """A log whose lines begin with the number of the request."""

    def process(
        self, msg: str, kwargs: MutableMapping[str, Any]
    ) -> tuple[str, MutableMapping[str, Any]]:
        """Return the line with the number in front."""
        return f"{CURRENT.get()} {msg}", kwargs


log = NumberedLog(logging.getLogger(__name__))

BOOKS = {"1": "Notes on the Analytical Engine", "2": "A moth in relay 70"}
MOMENT = 0.01  # seconds; a library on the network takes longer


def number_for(request: web.Request) -> str:
    """Return the number that came with the request if it is HARMLESS, else a new one."""
    sent = request.headers.get("X-Request-ID", "")
    return sent if HARMLESS.fullmatch(sent) else token_hex(8)


@web.middleware
async def number_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the request its number, and write one line about how it ended."""
    request[REQUEST_ID] = number_for(request)
    CURRENT.set(request[REQUEST_ID])
    status = 500
    try:
        response = await handler(request)
        status = response.status
        return response
    except web.HTTPError as error:
        status = error.status
        raise
    finally:
        log.info("%s %s %d", request.method, request.rel_url, status)


async def add_number(request: web.Request, response: web.StreamResponse) -> None:
    """Write the number into the answer; called just before it is sent."""
    response.headers["X-Request-ID"] = request[REQUEST_ID]


async def fetch(number: str) -> str | None:
    """Look a book up; this takes a moment, and others are served meanwhile."""
    log.info("looking for book %s", number)
    await asyncio.sleep(MOMENT)
    log.info("book %s is %s", number, "here" if number in BOOKS else "missing")
    return BOOKS.get(number)


async def show(request: web.Request) -> web.Response:
    """Answer with the title of a book."""
    title = await fetch(request.match_info["number"])
    if title is None:
        raise web.HTTPNotFound(text="There is no such book")
    return web.Response(text=title)


async def broken(request: web.Request) -> web.Response:
    """Fail, as code does."""
    return web.Response(text=BOOKS["3"])


def create_app() -> web.Application:
    """Make the application."""
    app = web.Application(middlewares=[number_requests])
    app.on_response_prepare.append(add_number)
    app.add_routes([web.get("/books/{number}", show), web.get("/broken", broken)])
    return app


def main() -> None:
    """Serve the library on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    port = int(os.environ.get("PORT", "8080"))
    web.run_app(create_app(), host="127.0.0.1", port=port, access_log=None)


if __name__ == "__main__":
    main()
