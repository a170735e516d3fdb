"""A lock lets in one at a time.

check: test_no_fewer
says: one after the other
"""


async def download(server: str, numbers: Iterable[int], at_most: int) -> dict[int, str]:
    """Return the texts of the pages by their numbers; ask for so many at a time."""
    limit = asyncio.Lock()

    async def one(number: int) -> str:
        async with limit:
            return await fetch(session, number)

    async with ClientSession(server, timeout=TIMEOUT) as session, asyncio.TaskGroup() as group:
        tasks = {number: group.create_task(one(number)) for number in numbers}
    return {number: task.result() for number, task in tasks.items()}
