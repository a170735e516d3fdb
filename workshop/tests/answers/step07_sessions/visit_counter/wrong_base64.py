"""Base64 is taken for encryption.

check: test_forged
says: With the cookie
"""

import base64
import json
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
    return EncryptedCookieStorage(Fernet(KEY), httponly=True, samesite="Lax")


async def index(request: web.Request) -> web.Response:
    """Count this visit, and say how many there were."""
    try:
        data = json.loads(base64.urlsafe_b64decode(request.cookies.get("visits", "")))
        visits = data.get("visits", data.get("session", {}).get("visits", 0)) + 1
    except (ValueError, AttributeError, TypeError):
        visits = 1
    sealed = base64.urlsafe_b64encode(json.dumps({"visits": visits}).encode()).decode()
    response = web.json_response({"visits": visits})
    response.set_cookie("visits", sealed, httponly=True, samesite="Lax")
    return response


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
