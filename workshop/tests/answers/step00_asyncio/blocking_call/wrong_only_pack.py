"""The disk still stops the loop.

check: test_put
says: put() takes 0.3 seconds in this check, and runs in the event loop
"""


async def keep(folder: Path, number: int) -> str:
    """Fetch a page, pack it, put it into the folder, and tell how large it is."""
    text = await fetch(number)
    packed = await asyncio.to_thread(pack, text)
    put(folder, number, packed)
    return told(number, packed)
