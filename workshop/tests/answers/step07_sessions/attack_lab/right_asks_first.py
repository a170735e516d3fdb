"""GET shows a page that asks whether it is meant; POST deletes; a token for each post."""

import hmac
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
from cryptography.fernet import Fernet

from steps.step07_sessions.csrf import check_token, token_of
from steps.step07_sessions.sessions import CookieStorage


def form(session: aiohttp_session.Session, action: str, inside: str) -> str:
    """Return a form that sends what stands inside to the action."""
    secret = str(session.setdefault("secret", secrets.token_hex(16)))
    token = hmac.new(secret.encode(), action.encode(), "sha256").hexdigest()
    inside += f'<input type="hidden" name="proof" value="{token}">'
    return f'<form method="post" action="{action}">{inside}</form>'


async def read_form(request: web.Request) -> Mapping[str, object]:
    """Return the fields of a form."""
    fields = await request.post()
    secret = (await aiohttp_session.get_session(request)).get("secret", "")
    token = hmac.new(secret.encode(), request.path.encode(), "sha256").hexdigest()
    if not secret or str(fields.get("proof")) != token:
        raise web.HTTPForbidden(text="Not from this page")
    return fields


async def ask(request: web.Request) -> web.Response:
    """Ask whether it is meant."""
    session = await aiohttp_session.get_session(request)
    page = delete_button(session, int(request.match_info["number"]))
    return web.Response(text=page, content_type="text/html")


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
    app.add_routes([web.get("/{number:[0-9]{1,9}}/delete", ask), web.post("/{number:[0-9]{1,9}}/delete", delete)])
    return app
