"""It asks at the address of a blog that was started by hand.

check: test_right
says: give it the path alone
"""

from steps.step08_tests.tests.people import Client


async def test_read(client: Client) -> None:
    """A post comes whole, and it is the one that was asked for."""
    response = await client.get("http://127.0.0.1:8080/api/posts/2")
    assert (await response.json())["text"] == "The first bug found."


async def test_missing(client: Client) -> None:
    """A post that is not there is a 404."""
    response = await client.get("/api/posts/99")
    assert response.status == 404


async def test_list(client: Client) -> None:
    """The list has all posts, the oldest first."""
    page = await (await client.get("/api/posts")).json()
    assert [post["id"] for post in page["posts"]] == [1, 2]
