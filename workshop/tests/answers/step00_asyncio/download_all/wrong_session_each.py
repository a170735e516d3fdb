"""A session for each page.

check: test_one_session
says: 7 sessions were made
"""


async def download(server: str, numbers: Iterable[int]) -> dict[int, str]:
    """Return the texts of the pages by their numbers."""
    async def one(number):
        async with ClientSession(server, timeout=TIMEOUT) as session:
            return await fetch(session, number)

    async with asyncio.TaskGroup() as group:
        tasks = {number: group.create_task(one(number)) for number in numbers}
    return {number: task.result() for number, task in tasks.items()}
