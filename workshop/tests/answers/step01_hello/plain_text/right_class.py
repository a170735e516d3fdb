# whole
"""A class-based view, and the route added by the router."""

from aiohttp import web


class Index(web.View):
    async def get(self):
        return web.Response(text="Hello from Ada", content_type="text/plain")


def create_app():
    app = web.Application()
    app.router.add_view("/", Index)
    return app
