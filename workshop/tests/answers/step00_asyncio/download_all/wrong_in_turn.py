"""One page after the other, though with one session.

check: test_at_once
says: 1 came, 7 was wanted
"""


async def download(server: str, numbers: Iterable[int]) -> dict[int, str]:
    """Return the texts of the pages by their numbers."""
    async with ClientSession(server, timeout=TIMEOUT) as session:
        return {number: await fetch(session, number) for number in numbers}
