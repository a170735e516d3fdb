"""The next address is a whole URL, the numbers are read by hand."""

import logging
import os
import re
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


def whole(request: web.Request, name: str, least: int, most: int, default: str) -> int:
    """Return a number of the query."""
    text = request.query.get(name, default)
    if not re.fullmatch(r"\d{1,6}", text, re.ASCII) or not least <= int(text) <= most:
        raise web.HTTPBadRequest(text=f"{name} is no number from {least} to {most}")
    return int(text)


async def archive(request: web.Request) -> web.Response:
    """Give out a page of the posts, and the address of the next one."""
    limit = whole(request, "limit", 1, 50, "3")
    offset = whole(request, "offset", 0, 999_999, "0")
    try:
        sql = SQL[request.query.get("order", "newest")]
    except KeyError:
        raise web.HTTPBadRequest(text="There is no such order") from None
    async with transaction(request) as db:
        *listed, = await store.fetch(db, sql, {"limit": limit + 1, "offset": offset})
    after = None
    if len(listed) == limit + 1:
        listed.pop()
        after = str(request.url.update_query({"offset": str(offset + limit)}))
    return web.json_response({"posts": list(map(asdict, listed)), "next": after})


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
