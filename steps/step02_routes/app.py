"""A small blog: many addresses, each with its handler."""

import logging
import os
import sys

from aiohttp import web

from . import api, pages
from .mirror import mirror
from .owners import Owners
from .parsing import ID, hang_up, refuse_packed
from .posts import BLOG, sample_blog


async def index(request: web.Request) -> web.Response:
    """Greet whoever opens the front page."""
    return web.Response(text="Hello from the blog.\n")


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application(middlewares=[refuse_packed])
    app.on_response_prepare.append(hang_up)
    app[BLOG] = sample_blog()
    owners = Owners(app[BLOG])
    app.add_routes(
        [
            web.get("/", index),
            web.get("/posts", pages.overview, name="posts"),
            web.post("/posts", pages.create),
            web.get("/posts/new", pages.new, name="new"),
            web.get(f"/posts/{ID}", pages.show, name="post"),
            web.get(f"/post/{ID}", pages.moved),
            web.get("/owners", owners.names),
            web.get("/owners/{owner}", owners.titles),
            web.route("*", "/mirror", mirror),
        ]
    )
    app.add_routes(api.routes)
    return app


def port_from_environment() -> int:
    """Return the port that PORT names, 8080 without it; a text that names none ends the program."""
    text = os.environ.get("PORT", "8080")
    if text.isdecimal() and len(text) <= 5 and int(text) < 2**16:
        return int(text)
    sys.stderr.write(f"PORT must be a number from 0 to 65535, not {text!r}\n")
    sys.exit(2)  # the code for a wrong call


def main() -> None:
    """Serve the blog on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(
        create_app(),
        host="127.0.0.1",
        port=port_from_environment(),
        shutdown_timeout=0.5,  # after Ctrl-C a request has this long to end, twice
    )


if __name__ == "__main__":
    main()
