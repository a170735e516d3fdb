"""A sum: the numbers stand in the query, after the question mark."""

import logging
import os
import re

from aiohttp import web

WHOLE = re.compile(r"-?[0-9]{1,15}")
"""A whole number: `WHOLE.fullmatch(text)` is None for any other text."""


def number(request: web.Request, name: str) -> int:
    """Return a whole number from the query; anything else is refused."""
    # TODO: Return the number; raise web.HTTPBadRequest with a reason that has the name in it.
    raise web.HTTPNotImplemented(text="not done yet")


async def add(request: web.Request) -> web.Response:
    """Answer with the sum."""
    # TODO: Return the sum of the numbers called first and second as plain text.
    return web.Response(status=501, text="not done yet")


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
