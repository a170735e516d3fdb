# whole
"""The handler returns the text itself where a response is needed.

check: test_status
says: GET / answers 200
"""

from aiohttp import web


async def index(request):
    return "Hello from Ada"


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
