"""A `sleep(0)` before the call lets others run once, then blocks.

check: test_pack
says: pack() takes 0.3 seconds in this check, and runs in the event loop
"""


async def keep(folder: Path, number: int) -> str:
    """Fetch a page, pack it, put it into the folder, and tell how large it is."""
    text = await fetch(number)
    await asyncio.sleep(0)
    packed = pack(text)
    await asyncio.sleep(0)
    put(folder, number, packed)
    return told(number, packed)
