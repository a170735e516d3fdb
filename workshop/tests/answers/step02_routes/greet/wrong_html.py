"""The greeting is sent as HTML, so a name can bring a script along.

check: test_plain_text
says: The greeting is plain text
"""

import logging
import os

from aiohttp import web


async def greet(request: web.Request) -> web.Response:
    """Greet by the name that stands in the path."""
    name = request.match_info["name"]
    return web.Response(text=f"Hello, {name}!", content_type="text/html")


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.add_routes(
        [
            web.get("/greet/{name}", greet),
        ]
    )
    return app


def main() -> None:
    """Serve the greetings on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
