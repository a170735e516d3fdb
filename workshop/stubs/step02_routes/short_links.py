"""Short links: a long address goes in, a short one comes out and leads there."""

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
    # TODO: Refuse an address that is not http or https, or that has no host, with 400.
    if len(text) > 2000 or not text.isprintable():
        raise web.HTTPBadRequest(text="The address must be short and without control characters")
    return url


async def create(request: web.Request) -> web.Response:
    """Keep an address and tell the short one."""
    links = request.app[LINKS]
    if len(links) >= ROOM:
        raise web.HTTPInsufficientStorage(text="There is no room for another link")
    # TODO: Keep the address and return 201 with the path of the new link in Location.
    return web.Response(status=501, text="not done yet")


async def follow(request: web.Request) -> web.Response:
    """Send the browser where the link leads."""
    # TODO: Redirect to the address with 302; a link that was never given is a 404.
    return web.Response(status=501, text="not done yet")


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app[LINKS] = []
    app.add_routes(
        [
            web.post("/links", create),
            # TODO: Give this route a name, so that its path can be made by `url_for`.
            web.get("/l/{number:[1-9][0-9]{0,8}}", follow),
        ]
    )
    return app


def main() -> None:
    """Serve the links on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
