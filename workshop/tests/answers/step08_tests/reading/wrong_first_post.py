"""Only post 1 is asked for, which is also the first.

check: test_number
says: came past the fault and passed
"""

from steps.step08_tests.tests.people import Client


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


async def test_missing(client: Client) -> None:
    """A post that is not there is a 404."""
    response = await client.get("/api/posts/99")
    assert response.status == 404


async def test_list(client: Client) -> None:
    """The list has all posts, the oldest first."""
    response = await client.get("/api/posts")
    assert response.status == 200
    page = await response.json()
    assert [post["id"] for post in page["posts"]] == [1, 2]
