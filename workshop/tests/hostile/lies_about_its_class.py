"""A value on the line that fails raises when anybody asks it for its class."""

from aiohttp import web


class Liar:
    @property
    def __class__(self):
        raise ValueError("nobody knows")

    def __getattr__(self, name):
        raise ValueError("nobody knows")

    @property
    def request(self):
        raise ValueError("nobody knows")


class Handler:
    def __init__(self):
        self.liar = Liar()

    async def index(self, request: web.Request) -> web.Response:
        self = self.liar
        return web.Response(text="Hello from Ada" + 1)


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", Handler().index)])
    return app
