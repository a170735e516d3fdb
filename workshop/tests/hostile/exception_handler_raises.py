"""Raises from the event loop's own handler of exceptions."""

import asyncio

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    def handler(loop: asyncio.AbstractEventLoop, context: object) -> None:
        raise KeyboardInterrupt("handler")
    
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0.1)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
