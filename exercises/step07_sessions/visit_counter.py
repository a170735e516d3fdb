"""A counter of visits: each visitor has one, in a cookie that only this server can read."""

import logging
import os

import aiohttp_session
from aiohttp import web
from aiohttp_session.cookie_storage import EncryptedCookieStorage
from cryptography.fernet import Fernet

KEY = os.environ.get("WORKSHOP_KEY") or Fernet.generate_key().decode()
"""The secret of this server; without WORKSHOP_KEY it is another one at each start."""


def storage() -> aiohttp_session.AbstractStorage:
    """Say how sessions are kept."""
    # TODO: Encrypt the cookie with KEY, and keep it from other sites' forms: SameSite=Lax.
    return aiohttp_session.SimpleCookieStorage()


async def index(request: web.Request) -> web.Response:
    """Count this visit, and say how many there were."""
    # TODO: Add 1 to "visits" in this visitor's session; answer {"visits": 1} the first time.
    return web.Response(status=501, text="not done yet")


def create_app() -> web.Application:
    """Make the application, with a session around each request."""
    app = web.Application(middlewares=[aiohttp_session.session_middleware(storage())])
    app.add_routes([web.get("/", index)])
    return app


def main() -> None:
    """Serve the counter on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
