"""Say more than the body does: the status of an answer and its headers."""

import logging
import os

from aiohttp import web

POST = "Notes on the Analytical Engine"


async def read_post(request: web.Request) -> web.Response:
    """Show the post, which may be kept for a minute."""
    # TODO: Return POST with the headers Cache-Control: max-age=60 and X-Words: 5, counted.
    return web.Response(status=501, text="not done yet")


async def create_post(request: web.Request) -> web.Response:
    """Say that a post was made, and where it is."""
    # TODO: Return status 201 with the header Location: /posts/1.
    return web.Response(status=501, text="not done yet")


async def delete_post(request: web.Request) -> web.Response:
    """Say that the post is gone, and nothing else."""
    # TODO: Return status 204 without a text.
    return web.Response(status=501, text="not done yet")


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.add_routes(
        [
            web.get("/posts/1", read_post),
            web.post("/posts", create_post),
            web.delete("/posts/1", delete_post),
        ]
    )
    return app


def main() -> None:
    """Serve the post on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
