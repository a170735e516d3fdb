"""The body is not awaited, so a coroutine is compared.

check: test_right
says: Put `await` before the call
"""

from steps.step08_tests.tests.people import Client


async def test_read(client: Client) -> None:
    """A post comes whole, and it is the one that was asked for."""
    response = await client.get("/api/posts/2")
    assert response.status == 200
    assert response.json() == {
        "id": 2,
        "title": "A moth in relay 70",
        "text": "The first bug found.",
        "owner": "Grace",
        "editor": "Grace",
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
