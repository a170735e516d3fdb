"""A refusal is kept like a page.

check: test_refusal
says: was refused with 404
"""


async def fetch(session: ClientSession, number: int) -> str:
    """Return the text of a page; raise an error when the server refuses."""
    async with session.get(f"/pages/{number}") as response:
        return await response.text()
