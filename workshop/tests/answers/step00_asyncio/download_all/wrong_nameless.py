"""The error does not say which page it was.

check: test_refusal
says: The error must name page 8012
"""


async def fetch(session: ClientSession, number: int) -> str:
    """Return the text of a page; raise an error when the server refuses."""
    async with session.get(f"/pages/{number}") as response:
        if not response.ok:
            raise RuntimeError("a page was refused")
        return await response.text()
