"""The route added to the router itself, and another name for the variable part."""

import logging
import os

from aiohttp import web


async def greet(request: web.Request) -> web.Response:
    """Greet by the name that stands in the path."""
    who = request.match_info["who"]
    return web.Response(text=f"Hello, {who}!")


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.router.add_get("/greet/{who}", greet)
    return app


def main() -> None:
    """Serve the greetings on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
