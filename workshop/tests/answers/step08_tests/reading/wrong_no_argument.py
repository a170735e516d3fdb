"""The fixture is used, and not asked for.

check: test_right
says: is a fixture; a test gets it as an argument
"""


async def test_read() -> None:
    """A post comes whole, and it is the one that was asked for."""
    response = await client.get("/api/posts/2")
    assert (await response.json())["text"] == "The first bug found."


async def test_list(client: Client) -> None:
    """The list has all posts, the oldest first."""
    page = await (await client.get("/api/posts")).json()
    assert [post["id"] for post in page["posts"]] == [1, 2]
