# whole
"""Bytes without a content type: a browser offers them as a download.

check: test_content_type
says: plain text
"""

from aiohttp import web


async def index(request):
    return web.Response(body=b"Hello from Ada")


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
