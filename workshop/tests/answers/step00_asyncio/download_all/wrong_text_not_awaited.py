"""`response.text()` is not awaited.

check: test_texts
says: coroutine
"""


async def fetch(session: ClientSession, number: int) -> str:
    """Return the text of a page; raise an error when the server refuses."""
    async with session.get(f"/pages/{number}") as response:
        response.raise_for_status()
        return response.text()
