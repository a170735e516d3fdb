"""Handlers with a mistake in them: what the terminal says when one is asked."""

import asyncio
import logging
import re
import sys

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

POSTS = ["Notes on the Analytical Engine", "The compiler that nobody believed in"]


async def forgetful(request: web.Request) -> web.Response:
    """Make an answer, and forget to return it."""
    web.Response(text="Hello from the blog.\n")


async def count(request: web.Request) -> web.Response:
    """Tell how many posts there are, as a number where a text is needed."""
    return web.Response(text=len(POSTS))


class ShortPaths(logging.Formatter):
    """Leaves out where Python and the course are installed."""

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return re.sub(r'File "[^"]*[/\\](?=(aiohttp|docs)[/\\])', 'File "…/', text)


async def ask(path: str) -> None:
    """Serve the handlers, and ask one of them."""
    app = web.Application()
    app.add_routes([web.get("/forgetful", forgetful), web.get("/count", count)])
    async with TestClient(TestServer(app)) as client:
        await client.get(path)


if __name__ == "__main__":
    screen = logging.StreamHandler(sys.stdout)
    screen.setFormatter(ShortPaths(logging.BASIC_FORMAT))
    logging.basicConfig(level=logging.INFO, handlers=[screen])
    asyncio.run(ask(sys.argv[1]))
