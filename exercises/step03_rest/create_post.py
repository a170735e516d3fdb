"""New posts from programs: looked at on the way in, kept, and given an address."""

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
    # TODO: Refuse a body that is not application/json with 415.
    try:
        data = await request.json()
    except UNREADABLE:
        raise web.HTTPBadRequest(text="This body is no JSON") from None
    if not isinstance(data, dict):
        raise web.HTTPUnprocessableEntity(text="Send a JSON object")
    return data


def read_or_422(data: Mapping[str, object]) -> Mapping[str, str]:
    """Return the fields of a new post; refuse the request when one is no good."""
    # TODO: Return what `read_new` makes of the data; turn its ValueError into a 422, text and all.
    raise web.HTTPNotImplemented(text="not done yet")


async def create_post(request: web.Request) -> web.Response:
    """Keep a new post and say where it is."""
    # TODO: Keep the post; return it as JSON with 201, and its path in Location.
    return web.Response(status=501, text="not done yet")


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
