"""Both are done by one function, in one thread."""


def pack_and_put(folder, number, text):
    """Pack a page and write it."""
    packed = pack(text)
    put(folder, number, packed)
    return packed


async def keep(folder: Path, number: int) -> str:
    """Fetch a page, pack it, put it into the folder, and tell how large it is."""
    text = await fetch(number)
    packed = await asyncio.to_thread(pack_and_put, folder, number, text)
    return told(number, packed)
