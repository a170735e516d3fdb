"""What a browser is told that it may do with the course's pages."""

from __future__ import annotations

import base64
import functools
import hashlib
from html.parser import HTMLParser
from pathlib import Path

from aiohttp import web

from workshop.course.files import Seen, seen

HASHES = web.ResponseKey("hashes", tuple)
"""Of a page's own inline scripts, as the policy names them."""
PROGRAMS = frozenset({"", "module", "text/javascript", "application/javascript"})
"""Types of a script that a browser runs; anything else is data."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The policy of an answer that is no page."""


def port(request: web.Request) -> int:
    """Return the port that a request came in by; 0 where whoever sent it has gone already."""
    transport = request.transport
    return int(transport.get_extra_info("sockname")[1]) if transport else 0


def policy(port: int, hashes: tuple[str, ...] = ()) -> str:
    """Return the Content-Security-Policy for a page that is served on a port of this machine.

    Styles may be inline: Pygments, the theme and the editor set them as they go, and a style
    runs nothing. Frames hold the learner's apps, each on its port.
    """
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *hashes)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            f"connect-src 'self' ws://127.0.0.1:{port} ws://localhost:{port}",
            "frame-src http://127.0.0.1:*",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        )
    )


async def protect(request: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on every answer; a signal of the application."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    hashes = response.get(HASHES, ())
    response.headers.setdefault("Content-Security-Policy", policy(port(request), hashes))


def hashes_of(file: Path) -> tuple[str, ...]:
    """Return the hashes of a page's inline scripts, as a policy names them."""
    return _hashes(file, seen(file)) if file.suffix == ".html" else ()


@functools.lru_cache(maxsize=256)
def _hashes(file: Path, _: Seen) -> tuple[str, ...]:
    reader = _Scripts()
    reader.feed(file.read_bytes().decode("utf-8", "replace"))
    digests = (hashlib.sha256(script.encode()).digest() for script in dict.fromkeys(reader.found))
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


class _Scripts(HTMLParser):
    """Finds inline scripts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._inside: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a script without an address."""
        if tag == "script":
            said = dict(attrs)
            runs = "src" not in said and (said.get("type") or "").strip().lower() in PROGRAMS
            self._inside = [] if runs else None

    def handle_data(self, data: str) -> None:
        """Take a part of it."""
        if self._inside is not None:
            self._inside.append(data)

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        if tag == "script" and self._inside is not None:
            self.found.append("".join(self._inside))
            self._inside = None
