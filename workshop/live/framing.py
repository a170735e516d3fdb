"""Whether an app lets the course's page show it in a frame."""

from __future__ import annotations

import re
from collections.abc import Mapping

import aiohttp

from workshop.apps import ports

SECONDS = 5.0
ANCESTORS = re.compile(r"(?:^|[;,])\s*frame-ancestors\b([^;,]*)", re.IGNORECASE)
OURS = re.compile(r"\*|http:|(http://)?(127\.0\.0\.1|localhost):\*", re.IGNORECASE)
"""What a policy says that lets the course's page in, which has another port than the app."""


async def framed(port: int) -> bool | None:
    """Ask the app on a port for its front page; None when it does not answer."""
    address = f"http://{ports.HOST}:{port}/"
    limit = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with (
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), timeout=limit) as session,
            session.get(address, allow_redirects=False) as response,
        ):
            return allows(response.headers)
    except (aiohttp.ClientError, OSError, TimeoutError):
        return None


def allows(headers: Mapping[str, str]) -> bool:
    """Whether an answer with these headers may be shown in a frame of another port's page."""
    found = ANCESTORS.findall(headers.get("Content-Security-Policy", ""))
    if found:
        return all(any(OURS.fullmatch(word) for word in words.split()) for words in found)
    return headers.get("X-Frame-Options", "").strip().upper() not in {"DENY", "SAMEORIGIN"}
