"""The post is read, changed in memory and written back whole, in one transaction."""

import logging
import os
from collections.abc import Mapping
from dataclasses import asdict, replace

from aiohttp import web

from steps.step03_rest import store
from steps.step03_rest.config import CONFIG, from_environment
from steps.step03_rest.db import database, transaction
from steps.step03_rest.errors import answer_errors
from steps.step03_rest.parsing import ID, id_of, or_404, read_json, read_or_422
from steps.step03_rest.posts import LIMITS, text_of

SQL = {
    "title": "UPDATE posts SET title = :value WHERE id = :id",
    "text": "UPDATE posts SET text = :value WHERE id = :id",
}
"""What may be changed, and how; the owner stays the owner."""


def read_changes(data: Mapping[str, object]) -> dict[str, str]:
    """Return the fields that are to change; raises ValueError, which says what is wrong."""
    if not data or not data.keys() <= SQL.keys():
        raise ValueError(f"Send {' or '.join(SQL)}, and nothing else")
    return {name: text_of(data, name, LIMITS[name]) for name in data}


async def patch_post(request: web.Request) -> web.Response:
    """Change some fields of a post and answer with what became of it."""
    fields = read_or_422(read_changes, await read_json(request))
    number = id_of(request)
    async with transaction(request) as db:
        post = replace(or_404(await store.find(db, number)), **fields)
        await db.execute(
            "UPDATE posts SET title = ?, text = ? WHERE id = ?", (post.title, post.text, post.id)
        )
    return web.json_response(asdict(post))


async def read_post(request: web.Request) -> web.Response:
    """Answer with the post that the path names."""
    async with transaction(request) as db:
        post = or_404(await store.find(db, id_of(request)))
    return web.json_response(asdict(post))


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application(middlewares=[answer_errors])
    app[CONFIG] = from_environment()
    app.cleanup_ctx.append(database)
    app.add_routes(
        [
            web.get(f"/api/posts/{ID}", read_post),
            web.patch(f"/api/posts/{ID}", patch_post),
        ]
    )
    return app


def main() -> None:
    """Serve the posts on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
