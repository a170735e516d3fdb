# whole
"""The 404 is made by `error_answer` and returned; the spelling is looked at by hand."""

import logging
import os
from dataclasses import asdict

from aiohttp import web

from steps.step03_rest import store
from steps.step03_rest.config import CONFIG, from_environment
from steps.step03_rest.db import database, transaction
from steps.step03_rest.errors import answer_errors, error_answer
from steps.step03_rest.parsing import ID


async def read_post(request: web.Request) -> web.Response:
    """Answer with the post that the path names."""
    name = request.match_info["id"]
    if not name.isdecimal() or name != str(int(name)):
        return error_answer(404, f"{name} is no number of a post")
    async with transaction(request) as db:
        post = await store.find(db, int(name))
    if not post:
        return error_answer(404, "no such post")
    return web.json_response(
        {
            "id": post.id,
            "title": post.title,
            "text": post.text,
            "owner": post.owner,
            "editor": post.editor,
        }
    )


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application(middlewares=[answer_errors])
    app[CONFIG] = from_environment()
    app.cleanup_ctx.append(database)
    app.add_routes(
        [
            web.get("/api/posts/{id}", read_post),
        ]
    )
    return app


def main() -> None:
    """Serve the posts on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
