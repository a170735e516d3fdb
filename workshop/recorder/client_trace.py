"""The client's side of HTTP traffic, recorded with aiohttp's client tracing.

The recording sends nothing and changes nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import aiohttp

from workshop.recorder.call_trace import current_request
from workshop.recorder.tracebacks import line_at
from workshop.recorder.websocket_frames import recording_websocket
from workshop.report import BODY_LIMIT, EXCHANGES_LIMIT, Frame, Line, Message
from workshop.report.binary import body_text, response_message


@dataclass(eq=False)
class SentRequest:
    """A request of a client, and its response, while their bodies grow."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    inner: bool
    """Whether a handler of the learner's app sent the request."""
    body: bytearray = field(default_factory=bytearray)
    body_size: int = 0
    response: aiohttp.ClientResponse | None = None
    received: bytearray = field(default_factory=bytearray)
    received_size: int = 0
    frames: list[Frame] = field(default_factory=list)

    def request_message(self) -> Message:
        """Return the request as a message of the report."""
        start = f"{self.method} {self.target} HTTP/1.1"
        return Message(start, self.headers, _shown_body(self.body, self.body_size), self.body_size)

    def response_message(self) -> Message | None:
        """Return the response as a message of the report; None when none came."""
        if self.response is None:
            return None
        size = max(self.received_size, self.response.content_length or 0)
        return response_message(self.response, _shown_body(self.received, size), size)


class ClientTrace:
    """Records the requests and responses of all client sessions of a check."""

    def __init__(self) -> None:
        self.requests: list[SentRequest] = []
        self._session_lines: dict[int, Line | None] = {}

    @contextlib.contextmanager
    def recording(self) -> Iterator[None]:
        """Record every session that is made inside the block."""
        init, start = aiohttp.ClientSession.__init__, aiohttp.ClientResponse.start

        @functools.wraps(init)
        def recorded_init(session: aiohttp.ClientSession, *args: Any, **options: Any) -> None:
            options["trace_configs"] = [*(options.get("trace_configs") or ()), self.trace_config()]
            options.setdefault("ws_response_class", recording_websocket(self.record_frame))
            init(session, *args, **options)
            caller = sys._getframe(1)
            self._session_lines[id(session)] = line_at(caller.f_code.co_filename, caller.f_lineno)

        @functools.wraps(start)
        async def started(response: aiohttp.ClientResponse, connection: Any) -> Any:
            begun = await start(response, connection)
            _record_response(response)
            return begun

        aiohttp.ClientSession.__init__ = recorded_init  # type: ignore[method-assign,assignment]
        aiohttp.ClientResponse.start = started  # type: ignore[method-assign,assignment]
        try:
            yield
        finally:
            if aiohttp.ClientResponse.start is started:
                aiohttp.ClientResponse.start = start  # type: ignore[method-assign]
            if aiohttp.ClientSession.__init__ is recorded_init:
                aiohttp.ClientSession.__init__ = init  # type: ignore[method-assign]

    def session_line(self, text: str) -> Line | None:
        """Return the learner's line that made the session whose address a text has, or None."""
        found = re.search(r"ClientSession object at 0x([0-9A-Fa-f]+)", text)
        return self._session_lines.get(int(found[1], 16)) if found else None

    async def read_remaining_bodies(self) -> None:
        """Read the short bodies that the check did not read, so that a report can show them."""
        for request in self.requests[-EXCHANGES_LIMIT:]:
            response = request.response
            length = response.content_length if response else None
            if response and not request.received and length and length <= BODY_LIMIT:
                with contextlib.suppress(aiohttp.ClientError, OSError, RuntimeError, TimeoutError):
                    async with asyncio.timeout(1):
                        await response.read()

    def record_frame(
        self, response: aiohttp.ClientResponse, sent: bool, kind: str, data: object
    ) -> None:
        """Record a message over the websocket that a response opened."""
        request = next((d for d in self.requests if d.response is response), None)
        if request:
            text = (
                _shown_body(data, len(data)) if isinstance(data, bytes) else str(data)[:BODY_LIMIT]
            )
            request.frames.append(Frame(sent, kind, text))

    def trace_config(self) -> aiohttp.TraceConfig:
        """Return the trace configuration that records a session."""
        trace = aiohttp.TraceConfig()
        trace.on_request_headers_sent.append(self._headers_sent)
        trace.on_request_chunk_sent.append(_chunk_sent)
        trace.on_response_chunk_received.append(_chunk_received)
        return trace

    async def _headers_sent(
        self, _: Any, context: SimpleNamespace, params: aiohttp.TraceRequestHeadersSentParams
    ) -> None:
        headers = tuple((str(name), str(value)) for name, value in params.headers.items())
        inner = current_request.get() is not None
        request = SentRequest(params.method, params.url.raw_path_qs, headers, inner)
        context.recorded_request = request
        self.requests.append(request)


async def _chunk_sent(
    _: Any, context: SimpleNamespace, params: aiohttp.TraceRequestChunkSentParams
) -> None:
    if request := _request_of(context):
        request.body_size += len(params.chunk)
        request.body += params.chunk[: max(0, BODY_LIMIT - len(request.body))]


async def _chunk_received(
    _: Any, context: SimpleNamespace, params: aiohttp.TraceResponseChunkReceivedParams
) -> None:
    if request := _request_of(context):
        request.received_size += len(params.chunk)
        request.received += params.chunk[: max(0, BODY_LIMIT - len(request.received))]


def _record_response(response: aiohttp.ClientResponse) -> None:
    """Store a response with its request, also where a client middleware replaces the response."""
    for trace in response._traces:
        if request := _request_of(trace._trace_config_ctx):
            request.response = response


def _request_of(context: object) -> SentRequest | None:
    return getattr(context, "recorded_request", None)


def _shown_body(data: bytes | bytearray, size: int) -> str:
    """Return the first bytes of a body of `size` bytes as text."""
    return body_text(bytes(data[:BODY_LIMIT]), size)
