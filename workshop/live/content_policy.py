"""The security headers of every response, and the Content-Security-Policy of each page."""

from __future__ import annotations

import base64
import functools
import hashlib
from html.parser import HTMLParser
from pathlib import Path

from aiohttp import web

from workshop.course.files import FileState, file_state

SCRIPT_HASHES = web.ResponseKey("hashes", tuple)
"""Hashes of a page's inline scripts, as the policy names them."""
SCRIPT_TYPES = frozenset({"", "module", "text/javascript", "application/javascript"})
"""Types of a script that a browser runs; anything else is data."""
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
DENY_ALL = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The policy of a response that is no page."""


def local_port(request: web.Request) -> int:
    """Return the server's port of a request; 0 when the client has disconnected."""
    transport = request.transport
    return int(transport.get_extra_info("sockname")[1]) if transport else 0


def content_policy(port: int, hashes: tuple[str, ...] = ()) -> str:
    """Return the Content-Security-Policy for a page that is served on a port of this machine.

    Inline styles are allowed: Pygments, the theme and the editor set them, and a style runs no
    code. Frames hold the learner's apps, each on its port.
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


async def add_security_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Add the security headers to a response; a signal handler of the application."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    hashes = response.get(SCRIPT_HASHES, ())
    response.headers.setdefault(
        "Content-Security-Policy", content_policy(local_port(request), hashes)
    )


def script_hashes(file: Path) -> tuple[str, ...]:
    """Return the hashes of a page's inline scripts, as a policy names them."""
    return _hashes_of_version(file, file_state(file)) if file.suffix == ".html" else ()


@functools.lru_cache(maxsize=256)
def _hashes_of_version(file: Path, _: FileState) -> tuple[str, ...]:
    reader = _InlineScripts()
    reader.feed(file.read_bytes().decode("utf-8", "replace"))
    digests = (hashlib.sha256(script.encode()).digest() for script in dict.fromkeys(reader.found))
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


class _InlineScripts(HTMLParser):
    """Collects the inline scripts of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._inside: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an inline script that a browser runs."""
        if tag == "script":
            attributes = dict(attrs)
            runs = (
                "src" not in attributes
                and (attributes.get("type") or "").strip().lower() in SCRIPT_TYPES
            )
            self._inside = [] if runs else None

    def handle_data(self, data: str) -> None:
        """Add text to the script."""
        if self._inside is not None:
            self._inside.append(data)

    def handle_endtag(self, tag: str) -> None:
        """End the script."""
        if tag == "script" and self._inside is not None:
            self.found.append("".join(self._inside))
            self._inside = None
