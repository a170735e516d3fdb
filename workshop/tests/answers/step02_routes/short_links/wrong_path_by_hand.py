"""The path is put together by hand, so it is wrong below another app.

check: test_mounted_elsewhere
says: Mounted below /short
"""

import logging
import os

from aiohttp import web
from yarl import URL

LINKS = web.AppKey("links", list[URL])
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
    url = safe(await read_url(request))
    links.append(url)
    short = f"/l/{len(links)}"
    return web.Response(status=201, text=str(short), headers={"Location": str(short)})


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
    app.add_routes(
        [
            web.post("/links", create),
            web.get("/l/{number:[1-9][0-9]{0,8}}", follow, name="link"),
        ]
    )
    return app


def main() -> None:
    """Serve the links on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
