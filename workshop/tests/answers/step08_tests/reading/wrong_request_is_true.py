"""A request that nobody awaits is always true.

check: test_right
says: without `await`
"""


async def test_missing(client: Client) -> None:
    """A post that is not there is a 404."""
    assert client.get("/api/posts/99")
