# whole
"""The handler is a plain function: `async` is missing.

check: test_status
says: GET / answers 200
"""

from aiohttp import web


def index(request):
    return web.Response(text="Hello from Ada")


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
