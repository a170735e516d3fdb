"""Name and password, checked against what is kept."""

import asyncio

from aiohttp import web

from . import users
from .db import transaction
from .incoming import Fields
from .limiter import LIMITER
from .passwords import NOBODY, fits


async def checked_name(request: web.Request, fields: Fields) -> str:
    """Return the name of the user whose name and password these are."""
    request.app[LIMITER].count(request.remote or "")
    try:
        name, password = users.read_user(fields)
        async with transaction(request) as db:
            known = await users.find(db, name)
    except ValueError:
        known, password = None, ""
    written, kept = known or ("", "")
    if not await asyncio.to_thread(fits, password, kept or NOBODY):
        headers = {"WWW-Authenticate": "Bearer"}
        raise web.HTTPUnauthorized(text="Name or password is wrong", headers=headers)
    return written
