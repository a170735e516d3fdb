"""Links have a random name in place of a number, and live in a dictionary."""

import logging
import os
import secrets

from aiohttp import web
from yarl import URL

LINKS = web.AppKey("links", dict[str, URL])
ROOM = 1000


async def read_url(request: web.Request) -> str:
    """Return the field `url` of the form that came in, empty when there is none."""
    try:
        form = await request.post()
    except (ValueError, LookupError, web.RequestPayloadError):
        raise web.HTTPBadRequest(text="This form cannot be read") from None
    return str(form.get("url", ""))


def safe(text: str) -> URL:
    """Return the address that a link may lead to; anything else is refused."""
    try:
        url = URL(text)
    except ValueError:
        raise web.HTTPBadRequest(text="This is no address") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise web.HTTPBadRequest(text="The address must start with http:// or https://")
    if len(text) > 2000 or not text.isprintable():
        raise web.HTTPBadRequest(text="The address must be short and without control characters")
    return url


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


def main() -> None:
    """Serve the links on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
