# whole
"""The body given as bytes, with content type and charset; a name beyond ASCII."""

from aiohttp import web


async def index(request):
    return web.Response(body="Hello from Zoë".encode(), content_type="text/plain", charset="utf-8")


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
