"""The switch is one for all applications.

check: test_another_shop
says: 503 came
"""

import logging
import os
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler


@dataclass
class Switch:
    """Whether the shop is closed, and for how many seconds."""

    seconds: int | None = None
    """None while it is open."""


ONE = Switch()
SWITCH = web.AppKey("switch", Switch)
ORDERS = web.AppKey("orders", list[str])
OPEN = frozenset({"/health", "/maintenance"})
"""Who watches over the shop must always get an answer."""


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Make JSON of every fault that comes out of the handler; keep status and headers."""
    try:
        return await handler(request)
    except web.HTTPError as error:
        answer = web.json_response({"error": error.text}, status=error.status)
        for name, value in error.headers.items():
            answer.headers.setdefault(name, value)
        return answer


@web.middleware
async def closed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse everything but the paths in OPEN while the shop is closed."""
    seconds = request.app[SWITCH].seconds
    if seconds is not None and request.path not in OPEN:
        headers = {"Retry-After": str(seconds)}
        raise web.HTTPServiceUnavailable(text="We are closed for a moment", headers=headers)
    return await handler(request)


async def orders(request: web.Request) -> web.Response:
    """Answer with all orders."""
    return web.json_response(request.app[ORDERS])


async def order(request: web.Request) -> web.Response:
    """Take an order."""
    request.app[ORDERS].append(await request.text())
    return web.Response(status=201)


async def health(request: web.Request) -> web.Response:
    """Say that the server is alive."""
    return web.Response(text="alive")


async def close(request: web.Request) -> web.Response:
    """Close the shop for so many seconds."""
    request.app[SWITCH].seconds = (await request.json())["seconds"]
    return web.Response(status=204)


async def reopen(request: web.Request) -> web.Response:
    """Open the shop again."""
    request.app[SWITCH].seconds = None
    return web.Response(status=204)


def create_app() -> web.Application:
    """Make the application: an open shop without orders."""
    app = web.Application(middlewares=[answer_errors, closed])
    app[SWITCH] = ONE
    app[ORDERS] = []
    app.add_routes([web.get("/orders", orders), web.post("/orders", order)])
    app.add_routes([web.get("/health", health)])
    app.add_routes([web.put("/maintenance", close), web.delete("/maintenance", reopen)])
    return app


def main() -> None:
    """Serve the shop on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
