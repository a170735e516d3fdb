"""A set has no order.

check: test_order
says: came past the fault and passed
"""


async def test_list(client: Client) -> None:
    """The list has all posts, the oldest first."""
    response = await client.get("/api/posts")
    assert response.status == 200
    page = await response.json()
    assert {post["id"] for post in page["posts"]} == {1, 2}
