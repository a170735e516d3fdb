"""The standard library looks at the address; the routes stand above the handlers."""

import logging
import os
from urllib.parse import urlsplit

from aiohttp import web
from yarl import URL


def safe(text: str) -> URL:
    """Return the address that a link may lead to; anything else is refused."""
    try:
        parts = urlsplit(text)
        url = URL(text)
    except ValueError:
        raise web.HTTPBadRequest(text="no address") from None
    if parts.scheme in ("http", "https") and parts.hostname:
        return url
    raise web.HTTPBadRequest(text="http and https only")


routes = web.RouteTableDef()


@routes.post("/links")
async def create(request: web.Request) -> web.Response:
    """Keep an address and tell the short one."""
    links = request.app[LINKS]
    if len(links) >= ROOM:
        raise web.HTTPInsufficientStorage(text="There is no room for another link")
    url = safe(await read_url(request))
    links.append(url)
    short = request.app.router["link"].url_for(number=str(len(links)))
    return web.Response(status=201, text=str(short), headers={"Location": str(short)})


@routes.get("/l/{number:[1-9][0-9]{0,8}}", name="link")
async def follow(request: web.Request) -> web.Response:
    """Send the browser where the link leads."""
    links, number = request.app[LINKS], int(request.match_info["number"])
    if number > len(links):
        raise web.HTTPNotFound(text="There is no such link")
    raise web.HTTPFound(links[number - 1])


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app[LINKS] = []
    app.add_routes(routes)
    return app
