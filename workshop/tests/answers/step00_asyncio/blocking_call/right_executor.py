"""`run_in_executor` of the loop."""


async def keep(folder: Path, number: int) -> str:
    """Fetch a page, pack it, put it into the folder, and tell how large it is."""
    text = await fetch(number)
    loop = asyncio.get_running_loop()
    packed = await loop.run_in_executor(None, pack, text)
    await loop.run_in_executor(None, put, folder, number, packed)
    return told(number, packed)
