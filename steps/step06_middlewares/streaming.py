"""Files that come in and go out piece by piece, however large, and never lie in memory whole."""

import asyncio
import re
from typing import IO

from aiohttp import BodyPartReader, MultipartReader, web
from aiohttp.abc import AbstractStreamWriter

from .parsing import UNREADABLE, parts_of

LARGEST = 50 * 2**20
"""So many bytes a file may have; client_max_size does not count here."""


def safe_name(name: str) -> str:
    """Return a name that cannot lead anywhere: "../my talk.pdf" becomes "my_talk.pdf"."""
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[^A-Za-z0-9._-]+", "_", last)[-100:].lstrip(".") or "file"


async def first_part(request: web.Request) -> tuple[MultipartReader, BodyPartReader]:
    """Return the reader of a multipart body, and the first part, which must be a file."""
    if request.content_type != "multipart/form-data":
        raise web.HTTPUnsupportedMediaType(text="Send a file: multipart/form-data")
    try:
        reader = parts_of(request)
        part = await reader.next()
        # reading a name may fail, too
        is_file = isinstance(part, BodyPartReader) and part.filename
    except UNREADABLE:
        raise web.HTTPBadRequest(text="This form cannot be read") from None
    if not isinstance(part, BodyPartReader) or not is_file:
        raise web.HTTPUnprocessableEntity(text="The first part must be a file")
    return reader, part


async def receive(reader: MultipartReader, part: BodyPartReader, file: IO[bytes]) -> None:
    """Write what comes to the file, piece by piece, up to the limit."""
    size = 0
    try:
        while piece := await part.read_chunk(2**18):
            size += len(piece)
            if size > LARGEST:
                raise web.HTTPRequestEntityTooLarge(LARGEST, size)
            await asyncio.to_thread(file.write, piece)
        await reader.next()  # fails when the file was cut off
    except UNREADABLE:
        raise web.HTTPBadRequest(text="This file is not complete") from None


class Download(web.FileResponse):
    """A file that is sent; a client that goes away before its end is no error of ours."""

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        """Send the file, as the system's own call for it does."""
        try:
            return await super().prepare(request)
        except RuntimeError as error:
            if request.transport and not request.transport.is_closing():
                raise
            raise ConnectionResetError("The client went away") from error
