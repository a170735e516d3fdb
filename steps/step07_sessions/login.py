"""Who is there, and who may do what."""

from typing import TypeVar

from aiohttp import web
from aiohttp.typedefs import Handler
from aiohttp_session import get_session
from aiosqlite import Connection

from . import store, users
from .db import transaction
from .errors import is_api
from .incoming import found, id_of
from .posts import Post

USER = web.RequestKey[str | None]("user")
MARK = "_requires_login"
H = TypeVar("H")


def require_login(handler: H) -> H:
    """Mark a handler, a view or a method of it as one for those who are logged in."""
    setattr(handler, MARK, True)  # a mark is not lost, whichever decorator stands above or below
    return handler


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody but users reach a handler with the mark."""
    wanted = request.match_info.handler
    method = getattr(wanted, request.method.lower(), None)
    if hasattr(wanted, MARK) or hasattr(method, MARK):
        await signed_in(request)
    return await handler(request)


async def signed_in(request: web.Request) -> str:
    """Return the user's name; send whoever has none to the login."""
    user = await user_of(request)
    if user is not None:
        return user
    if is_api(request):
        headers = {"WWW-Authenticate": "Bearer"}
        raise web.HTTPUnauthorized(text="Log in first", headers=headers)
    back = str(request.rel_url) if request.method == "GET" else "/"
    raise web.HTTPSeeOther(request.app.router["login"].url_for().with_query(next=back))


async def user_of(request: web.Request) -> str | None:
    """Return the user's name, if somebody is logged in; the database is asked once a request."""
    if USER not in request:
        token = await token_of(request)
        request[USER] = None
        if token:
            async with transaction(request) as db:
                request[USER] = await users.name_of(db, token)
    return request[USER]


async def token_of(request: web.Request) -> str:
    """Return the token of the login: pages have it in the session, programs in a header.

    The API does not look at the cookie, so no other site can use it in a visitor's name.
    """
    if is_api(request):
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        return token if kind.lower() == "bearer" else ""
    return str((await get_session(request)).get("token", ""))


async def own_post(request: web.Request, db: Connection) -> Post:
    """Return the post that the path names, if it belongs to the user."""
    post = found(await store.find(db, id_of(request)))
    if post.owner != await signed_in(request):
        raise web.HTTPForbidden(text=f"This post belongs to {post.owner}")
    return post
