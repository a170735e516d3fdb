"""`gather`, and an error of its own for a status."""


async def fetch(session: ClientSession, number: int) -> str:
    """Return the text of a page; raise an error when the server refuses."""
    async with session.get(f"/pages/{number}") as response:
        if response.status != 200:
            raise RuntimeError(f"page {number} was refused: {response.status}")
        return await response.text()


async def download(server: str, numbers: Iterable[int]) -> dict[int, str]:
    """Return the texts of the pages by their numbers."""
    numbers = list(numbers)
    async with ClientSession(server, timeout=TIMEOUT) as session:
        texts = await asyncio.gather(*(fetch(session, number) for number in numbers))
    return dict(zip(numbers, texts, strict=True))
