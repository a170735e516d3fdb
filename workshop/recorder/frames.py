"""Websockets of a client whose messages are written down."""

from __future__ import annotations

from collections.abc import Callable

import aiohttp

Write = Callable[[aiohttp.ClientResponse, bool, str, object], None]
"""Takes the response that opened the websocket, whether it was sent, its kind and its data."""
SILENT = (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING)
"""What aiohttp tells the reader, though nothing came over the wire."""


def heard_websocket(write: Write) -> type[aiohttp.ClientWebSocketResponse]:
    """Return a class of websockets that tells what is sent and what comes."""

    class Heard(aiohttp.ClientWebSocketResponse):
        async def receive(
            self,
            timeout: float | None = None,  # noqa: ASYNC109 - as aiohttp has it
        ) -> aiohttp.WSMessage:
            message = await super().receive(timeout)
            if message.type not in SILENT:
                write(self._response, False, message.type.name, message.data)
            return message

        async def send_frame(
            self, message: bytes, opcode: aiohttp.WSMsgType, compress: int | None = None
        ) -> None:
            write(self._response, True, opcode.name, message)
            await super().send_frame(message, opcode, compress)

        async def send_str(self, data: str, compress: int | None = None) -> None:
            write(self._response, True, "TEXT", data)
            await super().send_str(data, compress)

        async def send_bytes(self, data: bytes, compress: int | None = None) -> None:
            write(self._response, True, "BINARY", data)
            await super().send_bytes(data, compress)

        async def close(self, *, code: int = aiohttp.WSCloseCode.OK, message: bytes = b"") -> bool:
            if not self.closed:
                write(self._response, True, "CLOSE", str(int(code)))
            return await super().close(code=code, message=message)

    return Heard
