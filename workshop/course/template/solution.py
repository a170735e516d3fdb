"""$title: the first small thing to do."""

import logging
import os

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    """Answer with the name of this step."""
    return web.Response(text="$title")


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app


def main() -> None:
    """Serve this app on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
