"""Name and password, checked against what is kept."""

from aiohttp import web

from . import users
from .db import transaction
from .incoming import Fields
from .limiter import LIMITER
from .passwords import NOBODY, fits
from .vault import VAULT

WRONG = "Name or password is wrong"
LOG_IN = {"WWW-Authenticate": "Bearer"}


async def checked_name(request: web.Request, fields: Fields) -> str:
    """Return the name of the user whose name and password these are."""
    limiter, address = request.app[LIMITER], request.remote or ""
    try:
        name, password = users.read_user(fields)
    except ValueError:
        limiter.count(address)
        raise web.HTTPUnauthorized(text=WRONG, headers=LOG_IN) from None
    limiter.count(address, name)  # it counts from now on, and no longer when it was right
    right = True
    try:
        async with transaction(request) as db:
            written, kept = await users.find(db, name) or ("", "")
        right = await request.app[VAULT].do(fits, password, kept or NOBODY)
    finally:
        if right:
            limiter.forgive(address, name)
    if not right:
        raise web.HTTPUnauthorized(text=WRONG, headers=LOG_IN)
    return written
