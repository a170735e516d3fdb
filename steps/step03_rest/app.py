"""A blog with an API for programs, its posts in a database."""

import logging

from aiohttp import web

from . import api
from .config import CONFIG, Config, from_environment, port_from_environment
from .db import database
from .errors import answer_errors
from .parsing import hang_up, refuse_packed


async def index(request: web.Request) -> web.Response:
    """Greet whoever opens the front page."""
    return web.Response(text="Hello from the blog.\n")


def create_app(config: Config | None = None) -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application(middlewares=[answer_errors, refuse_packed])
    app.on_response_prepare.append(hang_up)
    app[CONFIG] = config or from_environment()
    app.cleanup_ctx.append(database)
    app.add_routes([web.get("/", index)])
    app.add_routes(api.routes)
    return app


def main() -> None:
    """Serve the blog on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(
        create_app(),
        host="127.0.0.1",
        port=port_from_environment(),
        shutdown_timeout=0.5,  # after Ctrl-C a request has this long to end, twice
    )


if __name__ == "__main__":
    main()
