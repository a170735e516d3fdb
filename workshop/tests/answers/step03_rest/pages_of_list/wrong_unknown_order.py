"""An order that is not known is taken for the usual one.

check: test_bad_values
says: order='id' came back 200
"""

import logging
import os
from dataclasses import asdict

from aiohttp import web

from steps.step03_rest import app as blog
from steps.step03_rest import store
from steps.step03_rest.db import transaction
from steps.step03_rest.parsing import number_of

SQL = {
    "newest": """SELECT id, title, text, owner, editor FROM posts
                 ORDER BY id DESC LIMIT :limit OFFSET :offset""",
    "title": """SELECT id, title, text, owner, editor FROM posts
                ORDER BY title, id LIMIT :limit OFFSET :offset""",
}
"""A statement for each order: the newest post first, or by title."""


async def archive(request: web.Request) -> web.Response:
    """Give out a page of the posts, and the address of the next one."""
    order = request.query.get("order", "newest")
    limit = number_of(request, "limit", default=3, among=range(1, 51))
    offset = number_of(request, "offset", default=0, among=range(10**6))
    async with transaction(request) as db:
        listed = await store.fetch(db, SQL.get(order, SQL["newest"]), {"limit": limit + 1, "offset": offset})
    more = request.rel_url.with_query(order=order, limit=limit, offset=offset + limit)
    return web.json_response(
        {
            "posts": [asdict(post) for post in listed[:limit]],
            "next": str(more) if len(listed) > limit else None,
        }
    )


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
