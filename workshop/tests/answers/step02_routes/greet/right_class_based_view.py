# removed: greet
"""A class-based view in place of a function."""


class Greet(web.View):
    async def get(self) -> web.Response:
        name = self.request.match_info["name"]
        return web.Response(text="Hello, " + name + "!\n")


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.router.add_view("/greet/{name}", Greet)
    return app
