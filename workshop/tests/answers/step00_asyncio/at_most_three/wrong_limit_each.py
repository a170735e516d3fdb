"""Each task makes a limit of its own.

check: test_at_most
says: 7 requests were open
"""


async def download(server: str, numbers: Iterable[int], at_most: int) -> dict[int, str]:
    """Return the texts of the pages by their numbers; ask for so many at a time."""
    async def one(number: int) -> str:
        async with asyncio.Semaphore(at_most):
            return await fetch(session, number)

    async with ClientSession(server, timeout=TIMEOUT) as session, asyncio.TaskGroup() as group:
        tasks = {number: group.create_task(one(number)) for number in numbers}
    return {number: task.result() for number, task in tasks.items()}
