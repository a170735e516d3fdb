"""An `async def` around the call: it blocks as before.

check: test_pack
says: pack() takes 0.3 seconds in this check, and runs in the event loop
"""


async def pack_it(text):
    """Pack a page."""
    return pack(text)


async def keep(folder: Path, number: int) -> str:
    """Fetch a page, pack it, put it into the folder, and tell how large it is."""
    text = await fetch(number)
    packed = await pack_it(text)
    await asyncio.to_thread(put, folder, number, packed)
    return told(number, packed)
