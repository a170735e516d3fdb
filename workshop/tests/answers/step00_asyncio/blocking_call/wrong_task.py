"""A task of its own runs in the same loop.

check: test_put
says: put() takes 0.3 seconds in this check, and runs in the event loop
"""


async def keep(folder: Path, number: int) -> str:
    """Fetch a page, pack it, put it into the folder, and tell how large it is."""
    text = await fetch(number)
    async def both():
        packed = pack(text)
        put(folder, number, packed)
        return packed

    packed = await asyncio.create_task(both())
    return told(number, packed)
