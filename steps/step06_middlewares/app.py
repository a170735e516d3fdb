"""A blog with pages for people and an API for programs."""

import logging

from aiohttp import web

from . import api, files, images, pages
from .config import CONFIG, Config, from_environment, port_from_environment
from .db import database, end_transactions
from .errors import answer_errors
from .middlewares import add_headers, log_requests, number_requests, trust_proxies, write_line
from .parsing import hang_up, refuse_packed
from .templating import setup_templating

LARGEST_FORM = 10 * 2**20
"""So many bytes a body may have, a form with a photo in it, say."""


def create_app(config: Config | None = None) -> web.Application:
    """Make the application and tell it which handler answers what."""
    config = config or from_environment()
    around = [number_requests, trust_proxies(config.proxies), log_requests, answer_errors]
    app = web.Application(
        middlewares=[*around, refuse_packed, end_transactions], client_max_size=LARGEST_FORM
    )
    app[CONFIG] = config
    app.on_response_prepare.extend([add_headers, hang_up, write_line])
    app.cleanup_ctx.append(database)
    app.cleanup_ctx.append(images.image_executor)
    setup_templating(app)
    app.add_routes(pages.routes)
    app.add_routes(api.routes)
    app.add_routes(images.routes)
    app.add_routes(files.routes)
    return app


def main() -> None:
    """Serve the blog on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(
        create_app(),
        host="127.0.0.1",
        port=port_from_environment(),
        shutdown_timeout=0.5,  # after Ctrl-C a request has this long to end, twice
        access_log=None,  # log_requests does it
    )


if __name__ == "__main__":
    main()
