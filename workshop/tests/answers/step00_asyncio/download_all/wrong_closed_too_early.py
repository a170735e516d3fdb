"""The session is closed before the pages are fetched.

check: test_texts
says: Session is closed
"""


async def download(server: str, numbers: Iterable[int]) -> dict[int, str]:
    """Return the texts of the pages by their numbers."""
    async with ClientSession(server, timeout=TIMEOUT) as session:
        tasks = {number: asyncio.create_task(fetch(session, number)) for number in numbers}
    return {number: await task for number, task in tasks.items()}
