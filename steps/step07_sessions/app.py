"""A blog with pages for people and an API for programs."""

import logging

from aiohttp import web
from aiohttp_session import session_middleware

from . import accounts, api, files, images, pages, tokens
from .config import CONFIG, Config, from_environment, port_from_environment
from .csrf import check_origin
from .db import database, end_transactions
from .errors import answer_errors
from .limiter import LIMITER, Limiter
from .login import guard
from .middlewares import add_headers, log_requests, number_requests, trust_proxies, write_line
from .parsing import hang_up, refuse_packed
from .sessions import cookies
from .templating import setup_templating
from .vault import vault

LARGEST_FORM = 10 * 2**20
"""So many bytes a body may have, a form with a photo in it, say."""


def create_app(config: Config | None = None) -> web.Application:
    """Make the application and tell it which handler answers what."""
    config = config or from_environment()
    around = [number_requests, trust_proxies(config.proxies), log_requests]
    around += [session_middleware(cookies(config)), answer_errors]
    inside = [refuse_packed, check_origin, end_transactions, guard]
    app = web.Application(middlewares=[*around, *inside], client_max_size=LARGEST_FORM)
    app[CONFIG] = config
    app[LIMITER] = Limiter()
    app.on_response_prepare.extend([add_headers, hang_up, write_line])
    app.cleanup_ctx.append(database)
    app.cleanup_ctx.append(images.image_executor)
    app.cleanup_ctx.append(vault)
    setup_templating(app)
    app.add_routes(pages.routes)
    app.add_routes(accounts.routes)
    app.add_routes(api.routes)
    app.add_routes(tokens.routes)
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
