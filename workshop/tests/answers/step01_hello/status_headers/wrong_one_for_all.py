"""One response is made for all who delete: only the first one gets it.

check: test_delete
says: the server closed the connection
"""

import logging
import os

from aiohttp import web

POST = "Notes on the Analytical Engine"


async def read_post(request: web.Request) -> web.Response:
    """Show the post, which may be kept for a minute."""
    headers = {"Cache-Control": "max-age=60", "X-Words": str(len(POST.split()))}
    return web.Response(text=POST, headers=headers)


async def create_post(request: web.Request) -> web.Response:
    """Say that a post was made, and where it is."""
    return web.Response(status=201, text="Created.\n", headers={"Location": "/posts/1"})


GONE = web.Response(status=204)


async def delete_post(request: web.Request) -> web.Response:
    """Say that the post is gone, and nothing else."""
    return GONE


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
