"""Everyone who looks at the course: each gets what happens, in order, or is let go of."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Iterator

from aiohttp import WSCloseCode, web

from workshop.live.messages import ByeEvent, CourseEvent
from workshop.report import encode

WAITING = 256
"""Messages that may wait for a slow reader; one more, and it has to come again."""
ANSWERS = 16
"""Where more wait for a reader, its next question waits, too."""
PATIENCE = 10.0
"""Seconds in which somebody who asks has to read an answer."""
FAREWELL = 0.2
"""Seconds for the last word to a reader."""


class Member:
    """One page that listens."""

    def __init__(self, socket: web.WebSocketResponse, transport: asyncio.Transport | None) -> None:
        self._socket, self._transport = socket, transport
        self._queue: asyncio.Queue[str] = asyncio.Queue(WAITING)
        self._sent = asyncio.Event()
        """Set when one less waits."""
        self._writing = asyncio.create_task(self._write())

    def take(self, event: CourseEvent) -> None:
        """Send an event in its turn."""
        self.put(json.dumps(encode(event)))

    def put(self, text: str) -> None:
        """Send a text in its turn; a reader for whom too many wait is dropped."""
        try:
            self._queue.put_nowait(text)
        except asyncio.QueueFull:
            self.drop()

    async def room(self) -> None:
        """Wait until few messages wait: so no burst of questions fills the queue with answers.

        Somebody who asks and does not read is dropped.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                while self._queue.qsize() > ANSWERS:
                    self._sent.clear()
                    await self._sent.wait()
        except TimeoutError:
            self.drop()

    def drop(self) -> None:
        """Let go of the reader at once, whatever still waits."""
        self._writing.cancel()
        if self._transport:
            self._transport.abort()

    async def farewell(self) -> None:
        """Say that the course ends, and close."""
        self._writing.cancel()
        try:
            async with asyncio.timeout(FAREWELL):
                await self._socket.send_str(json.dumps(encode(ByeEvent())))
                await self._socket.close(code=WSCloseCode.GOING_AWAY)
        except (TimeoutError, ConnectionError, RuntimeError):
            self.drop()

    async def leave(self) -> None:
        """End what is left of it."""
        self._writing.cancel()
        await asyncio.gather(self._writing, return_exceptions=True)

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                await self._socket.send_str(await self._queue.get())
                self._sent.set()


class Audience:
    """The pages that listen now."""

    def __init__(self) -> None:
        self._members: set[Member] = set()

    def __len__(self) -> int:
        return len(self._members)

    @contextlib.contextmanager
    def joined(self, member: Member) -> Iterator[None]:
        """Let a member hear everything inside the block."""
        self._members.add(member)
        try:
            yield
        finally:
            self._members.discard(member)

    def tell(self, event: CourseEvent) -> None:
        """Send an event to everyone."""
        text = json.dumps(encode(event))
        for member in list(self._members):
            member.put(text)

    async def farewell(self) -> None:
        """Tell everyone that the course ends."""
        await asyncio.gather(*(member.farewell() for member in list(self._members)))
