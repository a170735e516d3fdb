"""Handlers grouped in a class that holds the links; the answers are responses."""

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


class Links:
    def __init__(self) -> None:
        self.links: list[URL] = []

    async def create(self, request: web.Request) -> web.Response:
        self.links.append(safe(await read_url(request)))
        location = request.app.router["link"].url_for(number=f"{len(self.links)}")
        return web.Response(status=201, headers={"Location": str(location)})

    async def follow(self, request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        if not 1 <= number <= len(self.links):
            return web.Response(status=404, text="no such link")
        return web.Response(status=302, headers={"Location": str(self.links[number - 1])})


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    links = Links()
    app.router.add_post("/links", links.create)
    app.router.add_get(r"/l/{number:\d+}", links.follow, name="link")
    return app


def main() -> None:
    """Serve the links on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
