"""One response is made for all visitors: only the first one gets it.

check: test_about_heading
says: the server closed the connection
"""

import logging
import os

from aiohttp import web

INDEX = """\
<!doctype html>
<title>The blog</title>
<h1>The blog</h1>
<p><a href="/about">About</a></p>
"""

ABOUT = """\
<!doctype html>
<title>About</title>
<h1>About</h1>
<p>Ada writes about machines.</p>
"""


async def index(request: web.Request) -> web.Response:
    """Show the front page."""
    return web.Response(text=INDEX, content_type="text/html")


PAGE = web.Response(text=ABOUT, content_type="text/html")


async def about(request: web.Request) -> web.Response:
    """Show the page about the blog."""
    return PAGE


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.add_routes(
        [
            web.get("/", index),
            web.get("/about", about),
        ]
    )
    return app


def main() -> None:
    """Serve the pages on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
