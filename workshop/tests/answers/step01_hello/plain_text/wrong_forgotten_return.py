# whole
"""The handler makes an answer and forgets to return it.

check: test_status
says: GET / answers 200
"""

from aiohttp import web


async def index(request):
    web.Response(text="Hello from Ada")


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
