# removed: storage
"""Without the library: a number, encrypted, in a cookie."""

import logging
import os

from aiohttp import web
from cryptography.fernet import Fernet, InvalidToken


async def index(request: web.Request) -> web.Response:
    """Count this visit, and say how many there were."""
    try:
        known = int(Fernet(KEY).decrypt(request.cookies.get("count", "")))
    except InvalidToken:
        known = 0
    response = web.json_response({"visits": known + 1})
    sealed = Fernet(KEY).encrypt(str(known + 1).encode()).decode()
    response.set_cookie("count", sealed, httponly=True, samesite="Lax")
    return response


def create_app() -> web.Application:
    """Make the application, with a session around each request."""
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
