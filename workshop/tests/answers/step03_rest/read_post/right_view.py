"""A class-based view, with a pattern of its own and the 404 in the transaction."""

import logging
import os
from dataclasses import asdict

from aiohttp import web

from steps.step03_rest import store
from steps.step03_rest.config import CONFIG, from_environment
from steps.step03_rest.db import database, transaction
from steps.step03_rest.errors import answer_errors
from steps.step03_rest.parsing import ID


class ReadPost(web.View):
    async def get(self) -> web.Response:
        async with transaction(self.request) as db:
            post = await store.find(db, int(self.request.match_info["number"]))
            if post is None:
                raise web.HTTPNotFound()
            return web.json_response(asdict(post))


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application(middlewares=[answer_errors])
    app[CONFIG] = from_environment()
    app.cleanup_ctx.append(database)
    app.add_routes(
        [
            web.view(r"/api/posts/{number:[1-9]\d{0,17}}", ReadPost),
        ]
    )
    return app


def main() -> None:
    """Serve the posts on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
