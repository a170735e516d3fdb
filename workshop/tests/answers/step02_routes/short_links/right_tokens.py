"""Links have a random name in place of a number, and live in a dictionary."""

import logging
import os
import secrets

from aiohttp import web
from yarl import URL

LINKS = web.AppKey("links", dict[str, URL])


async def create(request: web.Request) -> web.Response:
    """Keep an address and tell the short one."""
    links = request.app[LINKS]
    if len(links) >= ROOM:
        raise web.HTTPInsufficientStorage(text="There is no room for another link")
    name = secrets.token_urlsafe(6)
    links[name] = safe(await read_url(request))
    short = request.app.router["link"].url_for(name=name)
    raise web.HTTPCreated(headers={"Location": short.path})


async def follow(request: web.Request) -> web.Response:
    """Send the browser where the link leads."""
    target = request.app[LINKS].get(request.match_info["name"])
    if target is None:
        raise web.HTTPNotFound()
    raise web.HTTPFound(location=target)


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app[LINKS] = {}
    app.add_routes(
        [
            web.post("/links", create),
            web.get("/l/{name}", follow, name="link"),
        ]
    )
    return app
