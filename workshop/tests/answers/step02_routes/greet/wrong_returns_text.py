"""The handler returns text in place of a response.

check: test_answers
says: GET /greet/Ada answers 200
"""

import logging
import os

from aiohttp import web


async def greet(request: web.Request) -> web.Response:
    """Greet by the name that stands in the path."""
    return f"Hello, {request.match_info['name']}!"


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.add_routes(
        [
            web.get("/greet/{name}", greet),
        ]
    )
    return app


def main() -> None:
    """Serve the greetings on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
