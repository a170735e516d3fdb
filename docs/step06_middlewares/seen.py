"""Requests to the blog, and the line that its log has about each.

NUMBER stands where the line has the number that the answer has, too.
"""

import asyncio
import logging
import re
from ipaddress import ip_network
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import click
from aiohttp.test_utils import TestServer

from steps.step06_middlewares.app import create_app
from steps.step06_middlewares.config import Config, Network

FORWARDED = {"X-Forwarded-For": "203.0.113.7"}


class Lines(logging.Handler):
    """Keeps the lines of a log."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(record.getMessage())


log = Lines()


async def ask(
    http: aiohttp.ClientSession, what: str, method: str, path: str, **headers: str
) -> None:
    """Send a request, and print the line about it."""
    async with http.request(method, path, headers=headers, allow_redirects=False) as answer:
        line = log.lines.pop().replace(answer.headers["X-Request-ID"], "NUMBER")
        click.echo(f"{what:24} {re.sub('[0-9]+ ms', '… ms', line)}")


async def visit(data: Path, *proxies: Network) -> None:
    """Serve a blog that believes these proxies, and ask it."""
    async with (
        TestServer(create_app(Config(data, proxies))) as server,
        aiohttp.ClientSession(server.make_url("/")) as http,
    ):
        if proxies:
            await ask(http, "our proxy says who asks", "GET", "/", **FORWARDED)
        else:
            await ask(http, "a page", "GET", "/1")
            await ask(http, "a fault", "GET", "/99")
            await ask(http, "a redirect", "POST", "/2/delete")
            await ask(http, "a stranger who forges", "GET", "/", **FORWARDED)


async def main() -> None:
    """Ask a blog that stands alone, then one behind a proxy on this machine."""
    own = logging.getLogger("steps.step06_middlewares.middlewares")
    own.setLevel(logging.INFO)
    own.addHandler(log)
    with TemporaryDirectory() as folder:
        await visit(Path(folder))
        await visit(Path(folder), ip_network("127.0.0.1"))


if __name__ == "__main__":
    asyncio.run(main())
