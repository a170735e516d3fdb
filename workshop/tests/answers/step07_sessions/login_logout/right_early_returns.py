"""Step by step, and the browser is told to delete the cookie."""

import asyncio
import logging
import os
import secrets
from collections.abc import Mapping

from aiohttp import web
from aiohttp_session import get_session, new_session, session_middleware
from aiohttp_session.cookie_storage import EncryptedCookieStorage
from cryptography.fernet import Fernet

from steps.step07_sessions.passwords import NOBODY, verify_password

KEY = os.environ.get("WORKSHOP_KEY") or Fernet.generate_key().decode()

USERS = {
    "Ada": "16384$8$5$ab8d4b603b98c7789a732d26a2bd43e3"
    "$04b1561c31ac62cb5e4dc0cc9b22116e135b1d6b9779b9b176382203c29d4a9b",
    "Grace": "16384$8$5$8e1bbf5dbeb7014dff306b5d7331532e"
    "$27fee2b3a8b39c86e92ad6e7971e6fc576bad4e7d8b41d7529912e0b55a886e0",
}
"""The passwords as they are kept: "it weaves flowers" and "a moth in the relay"."""

LOGINS = web.AppKey("logins", dict[str, str])
"""Who is logged in: the name that belongs to each token."""


async def index(request: web.Request) -> web.Response:
    """Say who is there, and how often this session was seen."""
    session = await get_session(request)
    session["visits"] = session.get("visits", 0) + 1
    name = request.app[LOGINS].get(session.get("token", ""))
    return web.json_response({"name": name, "visits": session["visits"]})


async def authenticate(form: Mapping[str, object]) -> str:
    """Return the name whose password is in the form."""
    name, password = form.get("name"), form.get("password")
    if not isinstance(name, str) or not isinstance(password, str):
        name, password = "", ""
    known = name in USERS
    kept = USERS[name] if known else NOBODY
    right = await asyncio.to_thread(lambda: verify_password(password, kept))
    if known and right:
        return name
    raise web.HTTPUnauthorized(text="Name or password is wrong")


async def login(request: web.Request) -> web.Response:
    """Log in, and go on to the front page."""
    name = await authenticate(await request.post())
    session = await new_session(request)
    session["token"] = secrets.token_urlsafe(32)
    request.app[LOGINS][session["token"]] = name
    raise web.HTTPSeeOther("/")


async def logout(request: web.Request) -> web.Response:
    """End this login, and go on to the front page."""
    session = await get_session(request)
    if "token" in session:
        request.app[LOGINS].pop(session["token"], None)
    session.invalidate()
    response = web.HTTPSeeOther("/")
    response.del_cookie("AIOHTTP_SESSION")
    raise response


def create_app() -> web.Application:
    """Make the application, with a session around each request."""
    storage = EncryptedCookieStorage(Fernet(KEY), samesite="Lax")
    app = web.Application(middlewares=[session_middleware(storage)])
    app[LOGINS] = {}
    app.add_routes([web.get("/", index), web.post("/login", login), web.post("/logout", logout)])
    return app


def main() -> None:
    """Serve the door on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
