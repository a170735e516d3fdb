# whole
"""An empty response that gets its text afterwards, line by line."""

from aiohttp import web


async def index(request):
    response = web.Response()
    response.text = "Hello from Ada"
    response.text += ", who writes about machines.\n"
    return response


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
