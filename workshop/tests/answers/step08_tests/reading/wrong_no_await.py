"""The request is not awaited, so there is no response.

check: test_right
says: was not awaited
"""


async def test_missing(client: Client) -> None:
    """A post that is not there is a 404."""
    response = client.get("/api/posts/99")
    assert response.status == 404
