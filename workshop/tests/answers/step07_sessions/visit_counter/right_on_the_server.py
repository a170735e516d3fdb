# removed: KEY, storage
"""The numbers stay in the memory of the server; the cookie holds a random name."""

import logging
import os
import secrets

from aiohttp import web

VISITS: dict[str, int] = {}
"""How often each visitor came."""


async def index(request: web.Request) -> web.Response:
    """Count this visit, and say how many there were."""
    visitor = request.cookies.get("visitor", "")
    if visitor not in VISITS:
        visitor = secrets.token_urlsafe(32)
    VISITS[visitor] = VISITS.get(visitor, 0) + 1
    response = web.json_response({"visits": VISITS[visitor]})
    response.set_cookie("visitor", visitor, httponly=True, samesite="Lax")
    return response


def create_app() -> web.Application:
    """Make the application, with a session around each request."""
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
