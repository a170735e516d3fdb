"""HTTP exchanges, as they went over the wire: the client's side, the server's half, the differing part.

The client's side is heard through aiohttp's tracing, the server's half by a middleware
around all others. Nothing is sent, added or changed.
"""

from __future__ import annotations

import asyncio
import contextlib
import difflib
import functools
import json
import logging
import os
import shlex
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import aiohttp
from aiohttp import web

from workshop.report import BODY_LIMIT, Difference, Exchange, Frame, Line, Mark, Message, ServerHalf
from workshop.tracing import lines_of

KEPT = 20
"""Exchanges, frames and log records that one check keeps, the last ones."""
OWN_PORT = "http://127.0.0.1:8080"
QUIET = frozenset({"host", "accept", "accept-encoding", "user-agent", "content-length", "connection"})
"""Request headers that curl sends by itself, or that any client sends."""

_serving: ContextVar[_Half | None] = ContextVar("serving", default=None)


def curl(
    method: str,
    target: str,
    headers: Iterable[tuple[str, str]] = (),
    body: str = "",
    windows: bool = os.name == "nt",
) -> str:
    """Return a command that sends a request to the app as `python -m workshop run` serves it.

    `target` is a path with its query, or a whole URL. Quoted for a POSIX shell, or for Windows.
    """
    words = ["curl.exe" if windows else "curl", "-i"]
    if method == "HEAD":
        words.append("-I")
    elif method != ("POST" if body else "GET"):
        words += ["-X", method]
    for name, value in headers:
        if name.lower() not in QUIET or (name.lower() == "accept" and value != "*/*"):
            words += ["-H", f"{name}: {value}"]
    if body:
        words += ["--data-raw", body]
    words.append(target if "://" in target else OWN_PORT + target)
    if windows:
        return " ".join(_windows(word) for word in words)
    return shlex.join(words)


def _windows(word: str) -> str:
    if word and not set(word) & set(' "&|<>^()%!'):
        return word
    return '"' + word.replace('"', '\\"') + '"'


@dataclass
class _Half:
    """The server's half while it grows."""

    method: str
    target: str
    route: str | None = None
    handler: str | None = None
    nearest: tuple[str, ...] = ()
    middlewares: list[str] = field(default_factory=list)
    error: BaseException | None = None
    trouble: str | None = None
    log: list[str] = field(default_factory=list)

    def done(self) -> ServerHalf:
        error = self.trouble
        if self.error is not None:
            error = f"{type(self.error).__name__}: {self.error}"
        return ServerHalf(
            self.route,
            self.handler,
            self.nearest,
            tuple(self.middlewares),
            error,
            lines_of(self.error),
            tuple(self.log[-KEPT:]),
        )


@dataclass
class _Draft:
    """The client's side while it grows."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    sent: bytearray = field(default_factory=bytearray)
    response: aiohttp.ClientResponse | None = None
    came: bytearray = field(default_factory=bytearray)
    size: int = 0
    frames: list[Frame] = field(default_factory=list)

    def message(self) -> Message | None:
        if self.response is None:
            return None
        version = self.response.version
        number = f"{version.major}.{version.minor}" if version else "1.1"
        return Message(
            f"HTTP/{number} {self.response.status} {self.response.reason or ''}".rstrip(),
            tuple((_text(n), _text(v)) for n, v in self.response.raw_headers),
            _text(bytes(self.came)),
            max(self.size, self.response.content_length or 0),
        )


def _text(data: bytes) -> str:
    """Return bytes as text, what is no text escaped, cut to the limit."""
    return data[:BODY_LIMIT].decode("utf-8", "backslashreplace").replace("\x00", "\\x00")


class Wire:
    """Writes down the exchanges of one check."""

    def __init__(self) -> None:
        self._drafts: list[_Draft] = []
        self._halves: list[_Half] = []
        self.records: list[str] = []
        """Log records that belong to no request."""

    # The client's side

    def client_options(self) -> dict[str, Any]:
        """Return the arguments for ClientSession that let this object listen."""
        trace = aiohttp.TraceConfig()
        trace.on_request_headers_sent.append(self._headers_sent)
        trace.on_request_chunk_sent.append(self._chunk_sent)
        trace.on_response_chunk_received.append(self._chunk_received)
        trace.on_request_redirect.append(self._answered)
        trace.on_request_end.append(self._answered)
        wire = self

        class Recorded(aiohttp.ClientWebSocketResponse):  # type: ignore[type-arg]
            """A websocket whose frames are written down."""

            async def receive(self, timeout: float | None = None) -> aiohttp.WSMessage:
                message = await super().receive(timeout)
                wire._frame(False, message.type.name, message.data)
                return message

            async def send_frame(
                self, message: bytes, opcode: aiohttp.WSMsgType, compress: int | None = None
            ) -> None:
                wire._frame(True, opcode.name, message)
                await super().send_frame(message, opcode, compress)

            async def send_str(self, data: str, compress: int | None = None) -> None:
                wire._frame(True, "TEXT", data)
                await super().send_str(data, compress)

            async def send_bytes(self, data: bytes, compress: int | None = None) -> None:
                wire._frame(True, "BINARY", data)
                await super().send_bytes(data, compress)

        return {"trace_configs": [trace], "ws_response_class": Recorded}

    async def _headers_sent(
        self, _: Any, context: SimpleNamespace, params: aiohttp.TraceRequestHeadersSentParams
    ) -> None:
        headers = tuple((str(name), value) for name, value in params.headers.items())
        context.draft = _Draft(params.method, params.url.raw_path_qs, headers)
        self._drafts.append(context.draft)

    async def _chunk_sent(
        self, _: Any, context: SimpleNamespace, params: aiohttp.TraceRequestChunkSentParams
    ) -> None:
        draft: _Draft | None = getattr(context, "draft", None)
        if draft and len(draft.sent) < BODY_LIMIT:
            draft.sent += params.chunk

    async def _chunk_received(
        self, _: Any, context: SimpleNamespace, params: aiohttp.TraceResponseChunkReceivedParams
    ) -> None:
        draft: _Draft | None = getattr(context, "draft", None)
        if draft:
            draft.size += len(params.chunk)
            if len(draft.came) < BODY_LIMIT:
                draft.came += params.chunk

    async def _answered(
        self,
        _: Any,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestEndParams | aiohttp.TraceRequestRedirectParams,
    ) -> None:
        draft: _Draft | None = getattr(context, "draft", None)
        if draft:
            draft.response = params.response

    def _frame(self, sent: bool, kind: str, data: object) -> None:
        if self._drafts:
            text = _text(data) if isinstance(data, bytes) else str(data)[:BODY_LIMIT]
            self._drafts[-1].frames.append(Frame(sent, kind, text))

    async def read_rest(self) -> None:
        """Read the short bodies that the check did not ask for, so that they can be shown."""
        for draft in self._drafts[-KEPT:]:
            response = draft.response
            length = response.content_length if response else None
            if response and not draft.came and length and length <= BODY_LIMIT:
                with contextlib.suppress(aiohttp.ClientError, OSError, RuntimeError, TimeoutError):
                    async with asyncio.timeout(1):
                        await response.read()

    # The server's half

    def watch(self, app: web.Application) -> None:
        """Write down what this application does with each request; call before it starts."""
        for at, middleware in enumerate(app.middlewares):
            app.middlewares[at] = _named(middleware)

        @web.middleware
        async def record(request: web.Request, handler: Any) -> web.StreamResponse:
            half = _Half(request.method, request.raw_path)
            self._halves.append(half)
            _serving.set(half)
            _describe(half, request, app)
            try:
                response: web.StreamResponse = await handler(request)
            except web.HTTPException:
                raise
            except Exception as error:
                half.error = error
                raise
            if not isinstance(response, web.StreamResponse):
                half.trouble = f"the handler returned {response!r:.80}, not a response"
            elif isinstance(response, web.HTTPException):
                half.trouble = f"the handler returned {type(response).__name__}, it has to raise it"
            return response

        app.middlewares.insert(0, record)

    def log(self, record: logging.LogRecord) -> None:
        """Keep a log record with the request that it belongs to."""
        half = _serving.get()
        text = f"{record.levelname} {record.name}: {record.getMessage()}"[:BODY_LIMIT]
        (half.log if half in self._halves and half else self.records).append(text)

    # Both together

    def exchanges(self, difference: Difference | None, came: object = None) -> tuple[Exchange, ...]:
        """Return what went over the wire, oldest first; the last one with the differing part marked.

        `came` is the value that a comparison found different, to be looked for in the answer.
        """
        halves = list(self._halves)
        found = []
        for draft in self._drafts:
            same = (h for h in halves if (h.method, h.target) == (draft.method, draft.target))
            half = next(same, None)
            if half:
                halves.remove(half)
            body = _text(bytes(draft.sent))
            found.append(
                Exchange(
                    Message(
                        f"{draft.method} {draft.target} HTTP/1.1",
                        draft.headers,
                        body,
                        len(draft.sent),
                    ),
                    draft.message(),
                    half.done() if half else None,
                    curl(draft.method, draft.target, draft.headers, body),
                    frames=tuple(draft.frames[-KEPT:]),
                )
            )
        if found and difference:
            last = found[-1]
            marks = tuple(_marks(last.response, difference, came)) if last.response else ()
            found[-1] = Exchange(
                last.request, last.response, last.server, last.curl, marks, last.frames
            )
        return tuple(found[-KEPT:])

    def errors(self) -> list[BaseException]:
        """Return the exceptions that left handlers, newest first."""
        return [half.error for half in reversed(self._halves) if half.error is not None]

    def troubles(self) -> list[str]:
        """Return what else went wrong in handlers, newest first."""
        return [half.trouble for half in reversed(self._halves) if half.trouble]


def _named(middleware: Any) -> Any:
    """Return the middleware, writing its name down as a request passes."""
    if getattr(middleware, "__middleware_version__", None) != 1:
        return middleware

    @web.middleware
    @functools.wraps(middleware)
    async def passed(request: web.Request, handler: Any) -> web.StreamResponse:
        half = _serving.get()
        if half:
            half.middlewares.append(getattr(middleware, "__name__", type(middleware).__name__))
        answer: web.StreamResponse = await middleware(request, handler)
        return answer

    return passed


def _describe(half: _Half, request: web.Request, app: web.Application) -> None:
    """Fill in the route that matched, or the nearest ones."""
    found = request.match_info
    if found.http_exception is None:
        resource = found.route.resource
        half.route = f"{found.route.method} {resource.canonical if resource else '?'}"
        half.handler = getattr(found.handler, "__qualname__", type(found.handler).__name__)
        return
    known = {
        f"{route.method} {route.resource.canonical}": route.resource.canonical
        for route in app.router.routes()
        if route.resource is not None and not (route.method == "HEAD")
    }
    close = difflib.get_close_matches(request.path, known.values(), n=3, cutoff=0.4)
    near = [name for name, path in known.items() if path in close]
    half.nearest = tuple(near or list(known)[:3])


def _marks(response: Message, difference: Difference, came: object) -> Iterator[Mark]:
    """Yield where the value that came stands in the answer."""
    words = response.start.split(" ")
    if isinstance(came, int) and not isinstance(came, bool) and str(came) == words[1]:
        yield Mark("status")
    elif isinstance(came, str) and came == response.body:
        yield Mark("body", *_span(came, difference))
    elif isinstance(came, dict | list):
        with contextlib.suppress(ValueError):
            if json.loads(response.body) == came:
                yield Mark("body")
    elif isinstance(came, str):
        for name, value in response.headers:
            if came and (value == came or value.partition(";")[0] == came):
                yield Mark(name)


def _span(came: str, difference: Difference) -> tuple[int, int]:
    """Return the start and end of what differs between two texts; (0, 0) is all of it."""
    try:
        wanted = json.loads(difference.wanted) if difference.operator == "==" else None
    except ValueError:
        wanted = None
    if not isinstance(wanted, str) or not came:
        return 0, 0
    start = len(os.path.commonprefix([came, wanted]))
    tail = len(os.path.commonprefix([came[start:][::-1], wanted[start:][::-1]]))
    return (start, len(came) - tail) if start < len(came) - tail else (0, 0)
