"""The write is started, and nobody waits for it or hears of its error.

check: test_error
says: The disk is full, and keep_all() gave
"""


async def keep(folder: Path, number: int) -> str:
    """Fetch a page, pack it, put it into the folder, and tell how large it is."""
    text = await fetch(number)
    packed = await asyncio.to_thread(pack, text)
    asyncio.get_running_loop().run_in_executor(None, put, folder, number, packed)
    return told(number, packed)
