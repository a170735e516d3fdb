"""It sleeps, to be on the safe side.

check: test_right
says: A test never sleeps
"""

import time

from steps.step08_tests.tests.people import Client


async def test_read(client: Client) -> None:
    """A post comes whole, and it is the one that was asked for."""
    response = await client.get("/api/posts/2")
    time.sleep(60)
    assert (await response.json())["text"] == "The first bug found."


async def test_list(client: Client) -> None:
    """The list has all posts, the oldest first."""
    page = await (await client.get("/api/posts")).json()
    assert [post["id"] for post in page["posts"]] == [1, 2]
