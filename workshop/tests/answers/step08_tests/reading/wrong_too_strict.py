"""It wants another status than the blog has.

check: test_right
says: test_missing fails on the right code
"""


async def test_missing(client: Client) -> None:
    """A post that is not there is a 404."""
    response = await client.get("/api/posts/99")
    assert response.status == 400
