"""Deletes in except, and counts with tell()."""


async def receive(reader: MultipartReader, part: BodyPartReader, file: IO[bytes]) -> None:
    """Write what comes to the file, piece by piece, up to the limit."""
    try:
        while True:
            piece = await part.read_chunk(PIECE)
            if not piece:
                break
            file.write(piece)
            if file.tell() > LARGEST:
                raise web.HTTPRequestEntityTooLarge(LARGEST, file.tell())
        while await reader.next():
            pass
    except web.HTTPException:
        raise
    except Exception:
        raise web.HTTPBadRequest(text="The end of the file is missing") from None


async def keep(reader: MultipartReader, part: BodyPartReader, folder: Path) -> str:
    """Keep a file in the folder, once all of it is there; return its name."""
    name = safe_name(part.filename or "")
    unfinished = folder / (name + ".part")
    try:
        with unfinished.open("wb") as file:
            await receive(reader, part, file)
    except BaseException:
        unfinished.unlink()
        raise
    return unfinished.rename(unfinished.with_suffix("")).name
