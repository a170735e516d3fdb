# whole
"""There is no fixture of this name.

check: test_right
says: there is no such fixture
"""

from steps.step08_tests.tests.people import Client


async def test_read(clients: Client) -> None:
    """A post comes whole, and it is the one that was asked for."""
    response = await clients.get("/api/posts/2")
    assert response.status == 200
    assert await response.json() == {
        "id": 2,
        "title": "A moth in relay 70",
        "text": "The first bug found.",
        "owner": "Grace",
        "editor": "Grace",
    }


async def test_missing(clients: Client) -> None:
    """A post that is not there is a 404."""
    response = await clients.get("/api/posts/99")
    assert response.status == 404


async def test_list(clients: Client) -> None:
    """The list has all posts, the oldest first."""
    response = await clients.get("/api/posts")
    assert response.status == 200
    page = await response.json()
    assert [post["id"] for post in page["posts"]] == [1, 2]
