"""A file of just LARGEST bytes is refused.

check: test_in_pieces
says: 201 was wanted
"""


async def receive(reader: MultipartReader, part: BodyPartReader, file: IO[bytes]) -> None:
    """Write what comes to the file, piece by piece, up to the limit."""
    size = 0
    try:
        while piece := await part.read_chunk(PIECE):
            size += len(piece)
            if size >= LARGEST:
                raise web.HTTPRequestEntityTooLarge(LARGEST, size)
            await asyncio.to_thread(file.write, piece)
        await reader.next()  # fails when the file was cut off
    except UNREADABLE:
        raise web.HTTPBadRequest(text="This file is not complete") from None
