"""The size is looked at when all of it is on the disk.

check: test_limit
says: 413 was wanted
"""


async def receive(reader: MultipartReader, part: BodyPartReader, file: IO[bytes]) -> None:
    """Write what comes to the file, piece by piece, up to the limit."""
    size = 0
    try:
        while piece := await part.read_chunk(PIECE):
            size += len(piece)
            await asyncio.to_thread(file.write, piece)
        if size > LARGEST:
            raise web.HTTPRequestEntityTooLarge(LARGEST, size)
        await reader.next()  # fails when the file was cut off
    except UNREADABLE:
        raise web.HTTPBadRequest(text="This file is not complete") from None
