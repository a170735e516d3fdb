"""`return_exceptions=True`, and what failed is left out.

check: test_loud
says: 0 came, 1 was wanted
"""


async def download(server: str, numbers: Iterable[int], at_most: int) -> dict[int, str]:
    """Return the texts of the pages by their numbers; ask for so many at a time."""
    limit = asyncio.Semaphore(at_most)
    numbers = list(numbers)

    async def one(session, number):
        async with limit:
            return await fetch(session, number)

    async with ClientSession(server, timeout=TIMEOUT) as session:
        waits = [one(session, number) for number in numbers]
        texts = await asyncio.gather(*waits, return_exceptions=True)
    return {n: text for n, text in zip(numbers, texts, strict=True) if isinstance(text, str)}
