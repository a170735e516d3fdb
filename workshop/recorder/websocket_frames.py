"""The frames of a client's websockets, recorded in both directions."""

from __future__ import annotations

from collections.abc import Callable

import aiohttp

RecordFrame = Callable[[aiohttp.ClientResponse, bool, str, object], None]
"""Called with the response that opened the websocket, whether the client sent, kind and data."""
LOCAL_TYPES = (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING)
"""Types of messages that aiohttp makes itself: they did not come over the wire."""


def recording_websocket(record_frame: RecordFrame) -> type[aiohttp.ClientWebSocketResponse]:
    """Return a class of websockets that records each message."""

    class RecordingWebSocket(aiohttp.ClientWebSocketResponse):
        async def receive(
            self,
            timeout: float | None = None,  # noqa: ASYNC109 - as aiohttp has it
        ) -> aiohttp.WSMessage:
            message = await super().receive(timeout)
            if message.type not in LOCAL_TYPES:
                record_frame(self._response, False, message.type.name, message.data)
            return message

        async def send_frame(
            self, message: bytes, opcode: aiohttp.WSMsgType, compress: int | None = None
        ) -> None:
            record_frame(self._response, True, opcode.name, message)
            await super().send_frame(message, opcode, compress)

        async def send_str(self, data: str, compress: int | None = None) -> None:
            record_frame(self._response, True, "TEXT", data)
            await super().send_str(data, compress)

        async def send_bytes(self, data: bytes, compress: int | None = None) -> None:
            record_frame(self._response, True, "BINARY", data)
            await super().send_bytes(data, compress)

        async def close(self, *, code: int = aiohttp.WSCloseCode.OK, message: bytes = b"") -> bool:
            if not self.closed:
                record_frame(self._response, True, "CLOSE", str(int(code)))
            return await super().close(code=code, message=message)

    return RecordingWebSocket
