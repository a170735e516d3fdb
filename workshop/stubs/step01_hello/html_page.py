"""Two pages for a browser: the front page and a page about the blog."""

import logging
import os

from aiohttp import web

INDEX = """\
<!doctype html>
<title>The blog</title>
<h1>The blog</h1>
<p><a href="/about">About</a></p>
"""

# TODO: Write a page like INDEX, with the heading <h1>About</h1>.
ABOUT = ""


async def index(request: web.Request) -> web.Response:
    """Show the front page."""
    # TODO: Return INDEX with the content type text/html.
    return web.Response(status=501, text="not done yet")


async def about(request: web.Request) -> web.Response:
    """Show the page about the blog."""
    # TODO: Return ABOUT with the content type text/html.
    return web.Response(status=501, text="not done yet")


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.add_routes(
        [
            web.get("/", index),
            # TODO: Add the route that sends GET /about to the handler about.
        ]
    )
    return app


def main() -> None:
    """Serve the pages on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
