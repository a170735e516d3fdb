"""The file is written under its name, so half a file takes the place of a whole one.

check: test_cut_off
says: the file of that name stays as it was
"""


async def keep(reader: MultipartReader, part: BodyPartReader, folder: Path) -> str:
    """Keep a file in the folder, once all of it is there; return its name."""
    name = safe_name(part.filename or "")
    try:
        with (folder / name).open("wb") as file:
            await receive(reader, part, file)
    except web.HTTPException:
        (folder / name).unlink()
        raise
    return name
