"""A server that tells with each answer how long it took."""

import asyncio
import logging
import os
import time

from aiohttp import web
from aiohttp.typedefs import Handler

START = web.RequestKey("start", float)


@web.middleware
async def note_start(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Note when the request came in."""
    request[START] = time.perf_counter()
    return await handler(request)


async def tell_time(request: web.Request, response: web.StreamResponse) -> None:
    """Write into the answer how many milliseconds it took; called just before it is sent."""
    took = 1000 * (time.perf_counter() - request[START])
    response.headers["Server-Timing"] = f"total;dur={took:.1f}"


async def index(request: web.Request) -> web.Response:
    """Answer at once."""
    return web.Response(text="Hello")


async def slow(request: web.Request) -> web.Response:
    """Answer after 60 milliseconds."""
    await asyncio.sleep(0.06)
    return web.Response(text="Here I am", status=202)


async def old(request: web.Request) -> web.Response:
    """Send to the new address."""
    raise web.HTTPMovedPermanently("/")


async def letters(request: web.Request) -> web.StreamResponse:
    """Answer letter by letter: the headers are sent before the first one."""
    response = web.StreamResponse()
    await response.prepare(request)
    for letter in b"Ada", b", ", b"Grace":
        await response.write(letter)
    return response


def create_app() -> web.Application:
    """Make the application, with the clock around every handler."""
    app = web.Application(middlewares=[note_start])
    app.on_response_prepare.append(tell_time)
    app.add_routes([web.get("/", index), web.get("/slow", slow), web.get("/old", old)])
    app.add_routes([web.get("/letters", letters)])
    return app


def main() -> None:
    """Serve on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
