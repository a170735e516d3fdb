# whole
"""With a table of routes, filled by decorators."""

from aiohttp import web

routes = web.RouteTableDef()


@routes.get("/")
async def index(request):
    return web.Response(text="Hello from Grace")


def create_app():
    app = web.Application()
    app.add_routes(routes)
    return app
