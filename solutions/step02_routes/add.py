"""A sum: the numbers stand in the query, after the question mark."""

import logging
import os
import re

from aiohttp import web

WHOLE = re.compile(r"-?[0-9]{1,15}")
"""A whole number: `WHOLE.fullmatch(text)` is None for any other text."""


def number(request: web.Request, name: str) -> int:
    """Return a whole number from the query; anything else is refused."""
    text = request.query.get(name, "")
    if not WHOLE.fullmatch(text):
        raise web.HTTPBadRequest(text=f"{name} must be a whole number of 1 to 15 digits")
    return int(text)


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
