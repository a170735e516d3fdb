"""The body as bytes, the charset by hand, the variable part with a regex of its own."""

import logging
import os

from aiohttp import web


async def greet(request: web.Request) -> web.Response:
    """Greet by the name that stands in the path."""
    text = "Hello, {}!".format(request.match_info.get("name"))
    return web.Response(body=text.encode(), content_type="text/plain", charset="utf-8")


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.add_routes(
        [
            web.get(r"/greet/{name:[^/]+}", greet),
        ]
    )
    return app


def main() -> None:
    """Serve the greetings on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
