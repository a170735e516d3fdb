"""Two mistakes that everybody makes once: what the terminal says about them."""

import asyncio
import logging
import re
import sys

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

TITLES = {"1": "Notes on the Analytical Engine", "2": "A moth in relay 70"}


async def hasty(request: web.Request) -> web.Response:
    """Use the body before it is there."""
    data = request.json()
    return web.Response(text=data["title"])


def find_title(request: web.Request) -> str:
    """Return a title, or an exception where it should be raised."""
    if request.match_info["id"] not in TITLES:
        return web.HTTPNotFound(text="There is no such post")
    return TITLES[request.match_info["id"]]


async def shout(request: web.Request) -> web.Response:
    """Show a title in capitals."""
    return web.Response(text=find_title(request).upper())


class ShortPaths(logging.Formatter):
    """Leaves out where Python and the course are installed."""

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return re.sub(r'((?<=File ")[^"]*|^[^" ]*)[/\\](?=(aiohttp|docs)[/\\])', "…/", text)


async def ask(method: str, path: str) -> None:
    """Serve the handlers, and ask one of them."""
    app = web.Application()
    app.add_routes([web.post("/hasty", hasty), web.get("/shout/{id}", shout)])
    async with TestClient(TestServer(app)) as client:
        await client.request(method, path, json={"title": "On loops"})


if __name__ == "__main__":
    screen = logging.StreamHandler(sys.stdout)
    screen.setFormatter(ShortPaths("%(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[screen])
    logging.captureWarnings(True)
    asyncio.run(ask(*sys.argv[1:]))
