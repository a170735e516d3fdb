"""Who is there, and who may do what."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import wraps
from typing import Any, TypeVar, cast

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler
from aiohttp_session import get_session
from aiosqlite import Connection

from . import store, users
from .csrf import SAFE_METHODS
from .db import connection
from .errors import is_api
from .parsing import id_of, or_404
from .posts import Post

USER = web.RequestKey[str | None]("user")
USERS_ONLY = "_users_only"
Action = Callable[..., Awaitable[web.StreamResponse]]
H = TypeVar("H")


def require_login(handler: H) -> H:
    """Let nobody but users call a handler, a view, or a method of a view, wherever this stands.

    The result asks by itself; above a route, which has the bare handler, the guard sees the mark.
    """
    with suppress(AttributeError):  # a method of an object takes no mark
        setattr(handler, USERS_ONLY, True)
    if not isinstance(handler, type):
        return cast(H, asking(cast(Action, handler)))
    for name in {method.lower() for method in hdrs.METH_ALL} & set(dir(handler)):
        setattr(handler, name, asking(getattr(handler, name)))
    return handler


def asking(handler: Action) -> Action:
    """Return a handler that asks who is there before it begins."""

    @wraps(handler)
    async def closed(*args: Any, **options: Any) -> web.StreamResponse:
        asked = next(arg for arg in args if isinstance(arg, web.View | web.Request))
        await signed_in(asked.request if isinstance(asked, web.View) else asked)
        return await handler(*args, **options)

    return closed


def anybody(handler: H) -> H:
    """Open a handler that takes more than GET to those who are not logged in."""
    setattr(handler, USERS_ONLY, False)
    return handler


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody but users write: where nothing is said, only reading is open to all."""
    wanted = request.match_info.handler
    method = getattr(wanted, request.method.lower(), wanted)
    reads = request.method in SAFE_METHODS or request.match_info.http_exception
    said = {getattr(part, USERS_ONLY, None) for part in (wanted, method)}
    if True in said or not (reads or False in said):
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
            async with connection(request) as db:
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
    post = or_404(await store.find(db, id_of(request)))
    if post.owner != await signed_in(request):
        raise web.HTTPForbidden(text=f"This post belongs to {post.owner}")
    return post
