"""A plain dictionary of lists, in the order of the last visit."""

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
        self._seen: dict[str, list[float]] = {}

    def wait(self, client: str, now: float) -> float:
        """Return 0 and count the request if the client may make it, else the seconds to wait."""
        times = [t for t in self._seen.pop(client, []) if now - t < WINDOW]
        allowed = len(times) < LIMIT
        if allowed:
            times.append(now)
        self._seen[client] = times
        while len(self._seen) > CLIENTS:
            del self._seen[next(iter(self._seen))]
        return 0 if allowed else times[0] + WINDOW - now


LIMITER = web.AppKey("limiter", Limiter)
CLOCK = web.AppKey[Callable[[], float]]("clock")


@web.middleware
async def limit(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 429 to a client that asks too often, and say in Retry-After when to come again."""
    seconds = request.app[LIMITER].wait(request.remote or "", request.app[CLOCK]())
    if seconds > 0:
        headers = {"Retry-After": str(math.ceil(seconds))}
        raise web.HTTPTooManyRequests(text="Not so fast", headers=headers)
    return await handler(request)


async def index(request: web.Request) -> web.Response:
    """Answer with the address of the client."""
    return web.Response(text=f"Hello, {request.remote}")


def create_app(proxies: Sequence[Network] = ()) -> web.Application:
    """Make the application; `proxies` may say of others where their request comes from."""
    app = web.Application(middlewares=[trust_proxies(proxies), limit])
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
