"""Nobody looks whether the end of the file came.

check: test_cut_off
says: 400 was wanted
"""


async def receive(reader: MultipartReader, part: BodyPartReader, file: IO[bytes]) -> None:
    """Write what comes to the file, piece by piece, up to the limit."""
    size = 0
    try:
        while piece := await part.read_chunk(PIECE):
            size += len(piece)
            if size > LARGEST:
                raise web.HTTPRequestEntityTooLarge(LARGEST, size)
            await asyncio.to_thread(file.write, piece)
    except UNREADABLE:
        raise web.HTTPBadRequest(text="This file is not complete") from None
