"""The cookie is called otherwise, and anybody can write it all the same.

check: test_cookie
says: Your blog takes whoever sends
"""

import json
import logging
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import aiohttp_session
from aiohttp import web
from aiohttp.test_utils import TestClient

from steps.step07_sessions.csrf import check_token, token_of

log = logging.getLogger(__name__)


def forged_cookie(name: str) -> str:
    """Return the value of a cookie by which the naive blog takes anybody for this user."""
    return json.dumps({"session": {"user": name}})


async def test_forged_cookie(client: TestClient[Any, Any]) -> None:
    """Your attack, as a test: whoever made their own cookie is a stranger."""
    response = await client.get("/", cookies={"lab": forged_cookie("Ada")})
    page = await response.text()
    assert "Hello, Ada" not in page


@dataclass(frozen=True, slots=True)
class Post:
    """A title, and whose it is."""

    owner: str
    title: str


POSTS = web.AppKey("posts", dict[int, Post])
CODES = web.AppKey("codes", dict[str, str])
"""Who logs in with which code."""


def storage() -> aiohttp_session.AbstractStorage:
    """Say where the sessions are kept."""
    return aiohttp_session.SimpleCookieStorage(cookie_name="blog")


def form(session: aiohttp_session.Session, action: str, inside: str) -> str:
    """Return a form that sends what stands inside to the action."""
    inside += f'<input type="hidden" name="csrf" value="{token_of(session)}">'
    return f'<form method="post" action="{action}">{inside}</form>'


async def read_form(request: web.Request) -> Mapping[str, object]:
    """Return the fields of a form."""
    fields = await request.post()
    await check_token(request, fields)
    return fields


def delete_button(session: aiohttp_session.Session, number: int) -> str:
    """Return what deletes a post when it is clicked."""
    return form(session, f"/{number}/delete", "<button>Delete</button>")


async def show(request: web.Request) -> web.Response:
    """Show the posts, and a button beside each of one's own."""
    session = await aiohttp_session.get_session(request)
    user = session.get("user")
    page = "<!doctype html><title>Blog</title>"
    if user:
        page += f"<p>Hello, {escape(user)}</p>"
    else:
        page += form(session, "/login", 'Code <input name="code"> <button>Log in</button>')
    for number, post in request.app[POSTS].items():
        page += f"<h2>{escape(post.title)}</h2><p>by {escape(post.owner)}</p>"
        page += delete_button(session, number) if post.owner == user else ""
    return web.Response(text=page, content_type="text/html")


async def login(request: web.Request) -> web.Response:
    """Take a code, and keep in a new session whose it is."""
    fields = await read_form(request)
    name = request.app[CODES].get(str(fields.get("code")))
    if name is None:
        raise web.HTTPForbidden(text="Nobody has this code")
    session = await aiohttp_session.new_session(request)
    session["user"] = name
    raise web.HTTPSeeOther("/")


async def delete(request: web.Request) -> web.Response:
    """Delete a post and go back to the list."""
    await read_form(request)
    session = await aiohttp_session.get_session(request)
    number = int(request.match_info["number"])
    post = request.app[POSTS].get(number)
    if post is None:
        raise web.HTTPNotFound(text="There is no such post")
    if session.get("user") != post.owner:
        raise web.HTTPForbidden(text=f"This post belongs to {post.owner}")
    del request.app[POSTS][number]
    raise web.HTTPSeeOther("/")


def create_app() -> web.Application:
    """Make the application with three posts, and a code for each user."""
    app = web.Application(middlewares=[aiohttp_session.session_middleware(storage())])
    app[CODES] = {secrets.token_hex(8): name for name in ("Ada", "Grace")}
    app[POSTS] = {
        1: Post("Ada", "Notes on the Analytical Engine"),
        2: Post("Grace", "A moth in relay 70"),
        3: Post("Ada", "A letter to Mr Babbage"),
    }
    app.add_routes([web.get("/", show), web.post("/login", login)])
    app.add_routes([web.post("/{number:[0-9]{1,9}}/delete", delete)])
    return app


def main() -> None:
    """Serve the blog on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    app = create_app()
    for code, name in app[CODES].items():
        log.info("%s logs in with the code %s", name, code)
    web.run_app(app, host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
