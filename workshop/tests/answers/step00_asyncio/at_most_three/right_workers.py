"""So many workers take numbers from one iterator."""


async def download(server: str, numbers: Iterable[int], at_most: int) -> dict[int, str]:
    """Return the texts of the pages by their numbers; ask for so many at a time."""
    ahead = iter(list(numbers))
    texts = {}

    async def work():
        for number in ahead:
            texts[number] = await fetch(session, number)

    async with ClientSession(server, timeout=TIMEOUT) as session, asyncio.TaskGroup() as group:
        for _ in range(at_most):
            group.create_task(work())
    return dict(sorted(texts.items()))
