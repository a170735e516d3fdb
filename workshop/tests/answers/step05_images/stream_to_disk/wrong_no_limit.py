"""There is no limit, since client_max_size was believed to be one.

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
        await reader.next()  # fails when the file was cut off
    except UNREADABLE:
        raise web.HTTPBadRequest(text="This file is not complete") from None
