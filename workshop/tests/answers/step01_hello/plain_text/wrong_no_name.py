# whole
"""The greeting ends where the name should stand.

check: test_greeting
says: After "Hello from " a name must follow.
"""

from aiohttp import web


async def index(request):
    return web.Response(text="Hello from ")


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
