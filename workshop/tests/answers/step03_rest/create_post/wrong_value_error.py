"""The ValueError of `read_new` is not caught.

check: test_bad_fields
says: 422, not 500
"""

import logging
import os
from collections.abc import Mapping
from dataclasses import asdict

from aiohttp import web

from steps.step03_rest import store
from steps.step03_rest.api import PostView
from steps.step03_rest.config import CONFIG, from_environment
from steps.step03_rest.db import database, transaction
from steps.step03_rest.errors import answer_errors
from steps.step03_rest.parsing import ID, UNREADABLE, or_507
from steps.step03_rest.posts import read_new


async def read_object(request: web.Request) -> Mapping[str, object]:
    """Return the JSON object of a body."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="Send JSON: application/json")
    try:
        data = await request.json()
    except UNREADABLE:
        raise web.HTTPBadRequest(text="This body is no JSON") from None
    if not isinstance(data, dict):
        raise web.HTTPUnprocessableEntity(text="Send a JSON object")
    return data


def read_or_422(data: Mapping[str, object]) -> Mapping[str, str]:
    """Return the fields of a new post."""
    return read_new(data)


async def create_post(request: web.Request) -> web.Response:
    """Keep a new post and say where it is."""
    fields = read_or_422(await read_object(request))
    async with transaction(request) as db:
        post = or_507(await store.add(db, fields))
    address = request.app.router["post"].url_for(id=str(post.id))
    return web.json_response(asdict(post), status=201, headers={"Location": str(address)})


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application(middlewares=[answer_errors])
    app[CONFIG] = from_environment()
    app.cleanup_ctx.append(database)
    app.add_routes(
        [
            web.post("/api/posts", create_post),
            web.view(f"/api/posts/{ID}", PostView, name="post"),
        ]
    )
    return app


def main() -> None:
    """Serve the posts on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
