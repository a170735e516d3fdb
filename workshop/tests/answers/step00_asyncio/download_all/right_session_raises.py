"""The session raises for every bad status; whole addresses instead of a base."""
SERVER = [""]
TIMEOUT = ClientTimeout(total=10)


async def fetch(session: ClientSession, number: int) -> str:
    """Return the text of a page; raise an error when the server refuses."""
    async with session.get(f"{SERVER[0]}/pages/{number}") as response:
        return (await response.read()).decode("utf-8")


async def download(server: str, numbers: Iterable[int]) -> dict[int, str]:
    """Return the texts of the pages by their numbers."""
    SERVER[0] = server
    async with ClientSession(timeout=TIMEOUT, raise_for_status=True) as session:
        async with asyncio.TaskGroup() as group:
            tasks = [(number, group.create_task(fetch(session, number))) for number in numbers]
    return {number: task.result() for number, task in tasks}
