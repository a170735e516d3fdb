"""Sets logging up on import, with a logger of its own."""

import logging

from aiohttp import web

logging.basicConfig(level=logging.DEBUG, force=True)
log = logging.getLogger(__name__)


async def index(request: web.Request) -> web.Response:
    log.info("greeting %s", request.remote)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
