# whole
"""A response is awaited, though there is nothing to wait for.

check: test_status
says: GET / answers 200
"""

from aiohttp import web


async def index(request):
    return await web.Response(text="Hello from Ada")


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
