"""Which route wins? A small app of its own to find out."""

import logging

from aiohttp import web

from .app import port_from_environment


async def by_name(request: web.Request) -> web.Response:
    """Answer for a book that is asked for by its name."""
    return web.Response(text=f"the book called {request.match_info['name']}")


async def by_number(request: web.Request) -> web.Response:
    """Answer for a book that is asked for by its number."""
    return web.Response(text=f"book number {request.match_info['number']}")


async def newest(request: web.Request) -> web.Response:
    """Answer for the newest book."""
    return web.Response(text="the newest book")


def create_app() -> web.Application:
    """Make an application with the same three routes twice, in two orders."""
    app = web.Application()
    app.add_routes(
        [
            web.get("/wrong/{name}", by_name),
            web.get("/wrong/{number:[0-9]+}", by_number),  # never reached
            web.get("/wrong/newest", newest),
            web.get("/right/{number:[0-9]+}", by_number),
            web.get("/right/{name}", by_name),
            web.get("/right/newest", newest),
        ]
    )
    return app


def main() -> None:
    """Serve the books on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=port_from_environment())


if __name__ == "__main__":
    main()
