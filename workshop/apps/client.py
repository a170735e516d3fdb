"""A client of apps on this machine: it sends one request and returns what went over the wire."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from types import SimpleNamespace

import aiohttp
from yarl import URL

from workshop.report import BODY_LIMIT, Exchange, Message
from workshop.report.binary import body_text, response_message

AUTOMATIC = frozenset({"Accept-Encoding", "Content-Type"})
"""Headers that aiohttp would send without being asked."""


def shown(data: bytes, size: int, content_type: str) -> str:
    """Return the text that a report shows of a body of `size` bytes that begins with `data`."""
    return body_text(data[:BODY_LIMIT], size)


async def send(
    method: str,
    target: URL,
    headers: Sequence[tuple[str, str]] = (),
    body: bytes = b"",
    *,
    seconds: float | None = None,
    most: float = float("inf"),
    text: Callable[[bytes, int, str], str] = shown,
) -> tuple[Exchange, Exception | None]:
    """Send a request; return it with its response, and the error if the response is not complete.

    No redirect is followed, no cookie is stored, no body is decompressed. The response may take
    `seconds`; `most` bytes of its body are read, of which `text` makes what the exchange shows.
    The error is a TimeoutError, an OSError, a ValueError or an aiohttp.ClientError. The exchange
    has no curl line.
    """
    given = {name.lower() for name, _ in headers}
    sent, data, size = tuple(headers), bytearray(), 0
    came: aiohttp.ClientResponse | None = None
    error: Exception | None = None

    async def note(_: object, __: SimpleNamespace, params: object) -> None:
        nonlocal sent
        assert isinstance(params, aiohttp.TraceRequestHeadersSentParams)
        sent = tuple((str(name), str(value)) for name, value in params.headers.items())

    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(note)
    try:
        async with (
            asyncio.timeout(seconds),
            aiohttp.ClientSession(
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trace_configs=[trace],
                skip_auto_headers={name for name in AUTOMATIC if name.lower() not in given},
            ) as session,
            session.request(
                method, target, headers=headers, data=body or None, allow_redirects=False
            ) as came,
        ):
            async for part in came.content.iter_any():
                size += len(part)
                data += part
                if size >= most:
                    came.close()
                    break
    except (aiohttp.ClientError, OSError, ValueError) as problem:  # TimeoutError is an OSError
        error = problem
    start = f"{method.upper()} {target.raw_path_qs} HTTP/1.1"
    request = Message(start, sent, body_text(body[:BODY_LIMIT], len(body)), len(body))
    if came is None:
        return Exchange(request), error
    size = max(size, came.content_length or 0)
    shown_body = text(bytes(data), size, came.headers.get("Content-Type", ""))
    return Exchange(request, response_message(came, shown_body, size)), error
