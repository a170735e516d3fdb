"""The session is not closed.

check: test_one_session
says: The session is still open
"""


async def download(server: str, numbers: Iterable[int]) -> dict[int, str]:
    """Return the texts of the pages by their numbers."""
    session = ClientSession(server, timeout=TIMEOUT)
    async with asyncio.TaskGroup() as group:
        tasks = {number: group.create_task(fetch(session, number)) for number in numbers}
    return {number: task.result() for number, task in tasks.items()}
