"""A server that lets no client ask too often."""

import logging
import math
import os
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence

from aiohttp import web
from aiohttp.typedefs import Handler

from steps.step06_middlewares.config import Network
from steps.step06_middlewares.middlewares import trust_proxies

LIMIT = 5
"""So many requests a client may make ..."""
WINDOW = 10.0
"""... in any stretch of so many seconds."""
CLIENTS = 1000
"""So many clients are remembered; then whoever was longest not here is forgotten."""


class Limiter:
    """Remembers who came when; `wait` is all that others use of it."""

    def __init__(self) -> None:
        """Begin with nobody."""
        # TODO: Make what keeps, for each client, when it came.

    def wait(self, client: str, now: float) -> float:
        """Return 0 and count the request if the client may make it, else the seconds to wait."""
        # TODO: Return 0 LIMIT times in WINDOW seconds, else the seconds to wait; forget the rest.
        return 0


LIMITER = web.AppKey("limiter", Limiter)
CLOCK = web.AppKey[Callable[[], float]]("clock")


@web.middleware
async def limit(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 429 to a client that asks too often, and say in Retry-After when to come again."""
    # TODO: Ask LIMITER, with the time of CLOCK; refuse with 429 and Retry-After.
    return await handler(request)


async def index(request: web.Request) -> web.Response:
    """Answer with the address of the client."""
    return web.Response(text=f"Hello, {request.remote}")


def create_app(proxies: Sequence[Network] = ()) -> web.Application:
    """Make the application; `proxies` may say of others where their request comes from."""
    # TODO: Put limit and trust_proxies(proxies) around the handlers, in the right order.
    app = web.Application()
    app[LIMITER] = Limiter()
    app[CLOCK] = time.monotonic
    app.add_routes([web.get("/", index)])
    return app


def main() -> None:
    """Serve on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
