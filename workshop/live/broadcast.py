"""Broadcast of events to all websockets, in order, through a bounded queue for each."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Iterator

from aiohttp import WSCloseCode, web

from workshop.live.messages import ByeEvent, CourseEvent
from workshop.report import encode

QUEUE_LIMIT = 256
"""Messages that a subscriber's queue holds; one more, and its connection is aborted."""
DRAIN_LIMIT = 16
"""While a queue holds more messages, no further message of that page is read."""
DRAIN_SECONDS = 10.0
"""Seconds that the queue of a page that sends messages has to become that short."""
CLOSE_SECONDS = 0.2
"""Seconds for the last event and the closing handshake."""


class Subscriber:
    """The websocket of one page, with its queue and the task that empties the queue."""

    def __init__(self, socket: web.WebSocketResponse, transport: asyncio.Transport | None) -> None:
        self._socket, self._transport = socket, transport
        self._queue: asyncio.Queue[str] = asyncio.Queue(QUEUE_LIMIT)
        self._taken = asyncio.Event()
        """Set when the writer has taken a message from the queue."""
        self._writer = asyncio.create_task(self._write())

    def send(self, event: CourseEvent) -> None:
        """Queue an event."""
        self.send_text(json.dumps(encode(event)))

    def send_text(self, text: str) -> None:
        """Queue a text; abort the connection when the queue is full."""
        try:
            self._queue.put_nowait(text)
        except asyncio.QueueFull:
            self.abort()

    async def drain(self) -> None:
        """Wait until the queue is short, so that replies to a burst of messages cannot fill it.

        Aborts the connection of a page that sends messages and does not read the replies.
        """
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                while self._queue.qsize() > DRAIN_LIMIT:
                    self._taken.clear()
                    await self._taken.wait()
        except TimeoutError:
            self.abort()

    def abort(self) -> None:
        """Abort the connection at once, with what the queue still holds."""
        self._writer.cancel()
        if self._transport:
            self._transport.abort()

    async def close(self) -> None:
        """Send that the course ends, and close the websocket as "going away"."""
        self._writer.cancel()
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._socket.send_str(json.dumps(encode(ByeEvent())))
                await self._socket.close(code=WSCloseCode.GOING_AWAY)
        except (TimeoutError, ConnectionError, RuntimeError):
            self.abort()

    async def stop(self) -> None:
        """Cancel the writer and wait for its end."""
        self._writer.cancel()
        await asyncio.gather(self._writer, return_exceptions=True)

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                await self._socket.send_str(await self._queue.get())
                self._taken.set()


class Broadcaster:
    """All subscribers that are connected; `len` counts them."""

    def __init__(self) -> None:
        self._subscribers: set[Subscriber] = set()

    def __len__(self) -> int:
        return len(self._subscribers)

    @contextlib.contextmanager
    def subscribed(self, subscriber: Subscriber) -> Iterator[None]:
        """Send all events to a subscriber inside the block."""
        self._subscribers.add(subscriber)
        try:
            yield
        finally:
            self._subscribers.discard(subscriber)

    def send(self, event: CourseEvent) -> None:
        """Queue an event for every subscriber."""
        text = json.dumps(encode(event))
        for subscriber in list(self._subscribers):
            subscriber.send_text(text)

    async def close_all(self) -> None:
        """Send to every subscriber that the course ends, and close all websockets."""
        await asyncio.gather(*(subscriber.close() for subscriber in list(self._subscribers)))
