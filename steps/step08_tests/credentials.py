"""Name and password, checked against what is kept."""

from aiohttp import web

from . import users
from .db import connection
from .limiter import LIMITER
from .parsing import Fields
from .passwords import NOBODY, verify_password
from .vault import VAULT


async def authenticate(request: web.Request, fields: Fields) -> str:
    """Return the name of the user whose name and password these are."""
    limiter, address = request.app[LIMITER], request.remote or ""
    account = str(fields.get("name", "")).strip()[:30]
    limiter.count(address, account)  # it counts from now on, and no longer when it was right
    right = True
    try:
        name, password = users.read_user(fields)
        async with connection(request) as db:
            written, kept = await users.find(db, name) or ("", "")
        right = await request.app[VAULT].do(verify_password, password, kept or NOBODY)
    except ValueError:  # it is no name, or no password
        right = False
    finally:
        if right:
            limiter.forgive(address, account)
    if not right:
        headers = {"WWW-Authenticate": "Bearer"}
        raise web.HTTPUnauthorized(text="Name or password is wrong", headers=headers)
    return written
