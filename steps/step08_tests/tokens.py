"""Programs log in as well: they send name and password once, and their token from then on."""

from aiohttp import web

from . import users
from .credentials import authenticate
from .db import connection
from .login import anybody, require_login, token_of
from .parsing import read_json

routes = web.RouteTableDef()


@routes.post("/api/login")
@anybody
async def create_token(request: web.Request) -> web.Response:
    """Answer with a token; it goes into the header as `Authorization: Bearer TOKEN`."""
    name = await authenticate(request, await read_json(request))
    async with connection(request) as db:
        token = await users.start_login(db, name)
    return web.json_response({"token": token}, status=201)


@routes.delete("/api/login")
@require_login
async def delete_token(request: web.Request) -> web.Response:
    """Make the token worthless."""
    async with connection(request) as db:
        await users.end_login(db, await token_of(request))
    return web.Response(status=204)
