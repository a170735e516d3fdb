# removed: test_list
"""Its name does not begin with test_, so nobody runs it.

check: test_order
says: list_of_posts is not run
"""


async def list_of_posts(client: Client) -> None:
    """The list has all posts, the oldest first."""
    response = await client.get("/api/posts")
    assert response.status == 200
    page = await response.json()
    assert [post["id"] for post in page["posts"]] == [1, 2]
