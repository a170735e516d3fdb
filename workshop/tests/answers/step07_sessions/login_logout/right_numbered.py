"""A login is a number that a cookie cannot invent, because the cookie is encrypted."""

import asyncio
import logging
import os
import itertools
from collections.abc import Mapping

from aiohttp import web
from aiohttp_session import get_session, new_session, session_middleware
from aiohttp_session.cookie_storage import EncryptedCookieStorage
from cryptography.fernet import Fernet

from steps.step07_sessions.passwords import NOBODY, verify_password


NUMBERS = itertools.count(1)


async def index(request: web.Request) -> web.Response:
    """Say who is there, and how often this session was seen."""
    session = await get_session(request)
    session["visits"] = session.get("visits", 0) + 1
    name = request.app[LOGINS].get(session.get("token", ""))
    return web.json_response({"name": name, "visits": session["visits"]})


async def login(request: web.Request) -> web.Response:
    """Log in, and go on to the front page."""
    name = await authenticate(await request.post())
    session = await new_session(request)
    session["token"] = str(next(NUMBERS))
    request.app[LOGINS][session["token"]] = name
    return web.Response(status=303, headers={"Location": "/"})
