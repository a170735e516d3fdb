"""What was refused stays on the disk.

check: test_limit
says: What was refused is still there
"""


async def keep(reader: MultipartReader, part: BodyPartReader, folder: Path) -> str:
    """Keep a file in the folder, once all of it is there; return its name."""
    name = safe_name(part.filename or "")
    unfinished = folder / f".{token_hex(8)}"
    try:
        with await asyncio.to_thread(unfinished.open, "xb") as file:
            await receive(reader, part, file)
        unfinished.replace(folder / name)
    except ValueError:
        unfinished.unlink()
    return name
