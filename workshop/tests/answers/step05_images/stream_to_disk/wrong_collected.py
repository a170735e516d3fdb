"""The pieces are collected in memory, and written at the end.

check: test_in_pieces
says: the whole file lay in memory
"""


async def receive(reader: MultipartReader, part: BodyPartReader, file: IO[bytes]) -> None:
    """Write what comes to the file, piece by piece, up to the limit."""
    size = 0
    pieces = []
    try:
        while piece := await part.read_chunk(PIECE):
            size += len(piece)
            if size > LARGEST:
                raise web.HTTPRequestEntityTooLarge(LARGEST, size)
            pieces.append(piece)
        file.write(b"".join(pieces))
        await reader.next()  # fails when the file was cut off
    except UNREADABLE:
        raise web.HTTPBadRequest(text="This file is not complete") from None
