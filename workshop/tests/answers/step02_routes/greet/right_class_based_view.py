"""A class-based view in place of a function."""

import logging
import os

from aiohttp import web


class Greet(web.View):
    async def get(self) -> web.Response:
        name = self.request.match_info["name"]
        return web.Response(text="Hello, " + name + "!\n")


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.router.add_view("/greet/{name}", Greet)
    return app


def main() -> None:
    """Serve the greetings on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
