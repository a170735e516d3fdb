"""It asks at the address of a blog that was started by hand.

check: test_right
says: give it the path alone
"""


async def test_read(client: Client) -> None:
    """A post comes whole, and it is the one that was asked for."""
    response = await client.get("http://127.0.0.1:8080/api/posts/2")
    assert (await response.json())["text"] == "The first bug found."


async def test_list(client: Client) -> None:
    """The list has all posts, the oldest first."""
    page = await (await client.get("/api/posts")).json()
    assert [post["id"] for post in page["posts"]] == [1, 2]
