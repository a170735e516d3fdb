"""All pages at once.

check: test_at_most
says: nothing made one of them wait
"""


async def download(server: str, numbers: Iterable[int], at_most: int) -> dict[int, str]:
    """Return the texts of the pages by their numbers; ask for so many at a time."""
    limit = asyncio.Semaphore(at_most)

    async def one(number: int) -> str:
        return await fetch(session, number)

    async with ClientSession(server, timeout=TIMEOUT) as session, asyncio.TaskGroup() as group:
        tasks = {number: group.create_task(one(number)) for number in numbers}
    return {number: task.result() for number, task in tasks.items()}
