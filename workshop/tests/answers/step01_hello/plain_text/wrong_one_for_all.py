"""One response is made for all visitors: only the first one gets it.

check: test_greeting
says: the server closed the connection
"""

import logging
import os

from aiohttp import web


GREETING = web.Response(text="Hello from Ada")


async def index(request: web.Request) -> web.Response:
    """Greet the reader, by the name of the author."""
    return GREETING


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app


def main() -> None:
    """Serve the greeting on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
