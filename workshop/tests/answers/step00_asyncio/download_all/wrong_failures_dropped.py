"""Pages that fail are left out, and nobody hears of it.

check: test_refusal
says: was refused with 404
"""


async def download(server: str, numbers: Iterable[int]) -> dict[int, str]:
    """Return the texts of the pages by their numbers."""
    numbers = list(numbers)
    async with ClientSession(server, timeout=TIMEOUT) as session:
        waits = [fetch(session, number) for number in numbers]
        texts = await asyncio.gather(*waits, return_exceptions=True)
    return {n: text for n, text in zip(numbers, texts, strict=True) if isinstance(text, str)}
