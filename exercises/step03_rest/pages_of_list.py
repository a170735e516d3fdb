"""The archive: a list that grows for years, given out page by page."""

import logging
import os
from dataclasses import asdict

from aiohttp import web

from steps.step03_rest import app as blog
from steps.step03_rest import store
from steps.step03_rest.db import transaction
from steps.step03_rest.parsing import number_of

SQL = {
    # TODO: Let each statement have its order, and take `:limit` posts after the first `:offset`.
    "newest": "SELECT id, title, text, owner, editor FROM posts",
    "title": "SELECT id, title, text, owner, editor FROM posts",
}
"""A statement for each order: the newest post first, or by title."""


async def archive(request: web.Request) -> web.Response:
    """Give out a page of the posts, and the address of the next one."""
    # TODO: Return the posts of one page and the path of the next; 400 for what makes no sense.
    return web.Response(status=501, text="not done yet")


def create_app() -> web.Application:
    """Make the blog of this step, with an archive in addition."""
    app = blog.create_app()
    app.add_routes([web.get("/api/archive", archive)])
    return app


def main() -> None:
    """Serve the blog on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
