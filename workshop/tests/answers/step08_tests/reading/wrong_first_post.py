"""Only post 1 is asked for, which is also the first.

check: test_number
says: came past the fault and passed
"""


async def test_read(client: Client) -> None:
    """A post comes whole, and it is the one that was asked for."""
    response = await client.get("/api/posts/1")
    assert response.status == 200
    assert await response.json() == {
        "id": 1,
        "title": "Notes on the Analytical Engine",
        "text": "It weaves.",
        "owner": "Ada",
        "editor": "Ada",
    }
