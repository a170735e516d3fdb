# whole
"""The text is right, and the stub's status 501 is still there.

check: test_status
says: GET / answers 200
"""

from aiohttp import web


async def index(request):
    return web.Response(status=501, text="Hello from Ada")


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
