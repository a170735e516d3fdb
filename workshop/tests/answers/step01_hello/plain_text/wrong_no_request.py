# whole
"""The handler does not take the request.

check: test_status
says: GET / answers 200
"""

from aiohttp import web


async def index():
    return web.Response(text="Hello from Ada")


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
