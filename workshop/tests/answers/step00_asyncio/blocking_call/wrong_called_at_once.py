"""`to_thread(pack(text))` packs in the loop, and gives the thread the result.

check: test_pack
says: 'bytes' object is not callable
"""


async def keep(folder: Path, number: int) -> str:
    """Fetch a page, pack it, put it into the folder, and tell how large it is."""
    text = await fetch(number)
    packed = await asyncio.to_thread(pack(text))
    await asyncio.to_thread(put, folder, number, packed)
    return told(number, packed)
