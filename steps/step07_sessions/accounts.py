"""The pages around an account: join, log in, log out."""

import re

from aiohttp import web
from aiohttp_jinja2 import render_template
from aiohttp_session import get_session, new_session

from . import users
from .credentials import authenticate
from .db import connection
from .limiter import LIMITER
from .login import anybody, token_of
from .parsing import Fields, read_form, read_or_422
from .passwords import hash_password
from .sessions import flash
from .vault import VAULT

PATH = re.compile(r"/|(/[\w-]+)+(\?[\w=&%-]*)?|/\?[\w=&%-]*", re.ASCII)
"""An address on this site, and on no other."""

routes = web.RouteTableDef()


def safe_next(fields: Fields) -> str:
    """Return where to go on; whatever might lead elsewhere becomes the list of posts."""
    wanted = str(fields.get("next", "/"))
    return wanted if PATH.fullmatch(wanted) else "/"


def account_page(
    request: web.Request, heading: str, values: Fields, fault: web.HTTPError | None = None
) -> web.Response:
    """Show the form for name and password; what was typed is kept but for the password."""
    values = {"name": values.get("name", ""), "next": safe_next(values)}
    context = {"heading": heading, "values": values, "fault": fault}
    status = fault.status if fault else 200
    return render_template("account.html", request, context, status=status)


async def enter(request: web.Request, name: str, text: str) -> None:
    """Log a user in, in a session that nobody can have prepared; the login before it ends."""
    async with connection(request) as db:
        await users.end_login(db, await token_of(request))
        session = await new_session(request)
        session["token"] = await users.start_login(db, name)
    await flash(request, text)


@routes.get("/login", name="login")
async def login_form(request: web.Request) -> web.Response:
    """Show the form for the login."""
    return account_page(request, "Log in", request.query)


@routes.post("/login")
@anybody
async def login(request: web.Request) -> web.Response:
    """Log in, and go on to where the visitor wanted to be."""
    form = await read_form(request)
    try:
        name = await authenticate(request, form)
    except web.HTTPUnauthorized as fault:
        return account_page(request, "Log in", form, fault)
    await enter(request, name, f"Hello, {name}.")
    raise web.HTTPSeeOther(safe_next(form))


@routes.post("/logout", name="logout")
@anybody
async def logout(request: web.Request) -> web.Response:
    """End the login: the session is emptied, and an old copy of the cookie is worth nothing."""
    await read_form(request)
    async with connection(request) as db:
        await users.end_login(db, await token_of(request))
    (await get_session(request)).invalidate()
    raise web.HTTPSeeOther(request.app.router["list"].url_for())


@routes.get("/join", name="join")
async def join_form(request: web.Request) -> web.Response:
    """Show the form for a new account."""
    return account_page(request, "Join", request.query)


@routes.post("/join")
@anybody
async def join(request: web.Request) -> web.Response:
    """Make an account and log in."""
    form = await read_form(request)
    request.app[LIMITER].count(request.remote or "")
    try:
        name, password = read_or_422(users.read_user, form)
        kept = await request.app[VAULT].do(hash_password, password)
        async with connection(request) as db:
            if not await users.add(db, name, kept):
                raise web.HTTPConflict(text=f"The name {name} is taken")
    except (web.HTTPUnprocessableEntity, web.HTTPConflict) as fault:
        return account_page(request, "Join", form, fault)
    await enter(request, name, f"Welcome, {name}.")
    raise web.HTTPSeeOther(safe_next(form))
