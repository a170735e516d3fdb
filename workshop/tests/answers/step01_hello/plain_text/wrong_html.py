# whole
"""HTML is sent where plain text was asked for.

check: test_content_type
says: plain text
"""

from aiohttp import web


async def index(request):
    return web.Response(text="Hello from Ada", content_type="text/html")


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
