"""A server that takes its time: seven pages of a log book, each after half a second."""

import asyncio
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiohttp import web

PAGES = {
    8010: "The relays are quiet tonight.",
    8011: "Relay 70 sticks. Cleaned; it sticks again.",
    8012: "Found a moth in relay 70, and taped it into this book.",
    8013: "Multiplier tested for four hours. No fault.",
    8014: "The paper tape tore at the tenth figure; glued.",
    8015: "The sine table is done, to nine places.",
    8016: "Last page of the year. The next book is in the cupboard.",
}
LATENCY = 0.5
"""Seconds that a page takes."""


@dataclass
class Traffic:
    """What the server has seen of its clients."""

    open: int = 0
    """Requests that wait for their answer now."""
    most: int = 0
    """So many were open at once."""
    peers: set[object] = field(default_factory=set)
    """The other ends of the connections."""

    @contextmanager
    def counting(self, request: web.Request) -> Iterator[None]:
        """Count a request as open inside the block."""
        self.peers.add(request.transport and request.transport.get_extra_info("peername"))
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            yield
        finally:
            self.open -= 1


TRAFFIC = web.AppKey("traffic", Traffic)
WAIT = web.AppKey("wait", float)


async def page(request: web.Request) -> web.Response:
    """Answer with a page, when its time has come."""
    with request.app[TRAFFIC].counting(request):
        await asyncio.sleep(request.app[WAIT])
    text = PAGES.get(int(request.match_info["number"]))
    if text is None:
        raise web.HTTPNotFound(text="There is no such page.\n")
    return web.Response(text=f"{text}\n")


async def traffic(request: web.Request) -> web.Response:
    """Tell how many connections there were, and how many requests at once."""
    seen = request.app[TRAFFIC]
    return web.json_response({"connections": len(seen.peers), "most": seen.most})


def create_app(latency: float = LATENCY) -> web.Application:
    """Make the page server; each page takes so many seconds."""
    app = web.Application()
    app[TRAFFIC] = Traffic()
    app[WAIT] = latency
    app.add_routes([web.get("/pages/{number:[0-9]{1,9}}", page), web.get("/traffic", traffic)])
    return app


def port_from_environment() -> int:
    """Return the port that PORT names, 8080 without it; a text that names none ends the program."""
    text = os.environ.get("PORT", "8080")
    if text.isdecimal() and len(text) <= 5 and int(text) < 2**16:
        return int(text)
    sys.stderr.write(f"PORT must be a number from 0 to 65535, not {text!r}\n")
    sys.exit(2)  # the code for a wrong call


def main() -> None:
    """Serve the pages on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=port_from_environment())


if __name__ == "__main__":
    main()
