# whole
"""Two tests have the same name, so the first is gone.

check: test_order
says: two functions test_read
"""

from steps.step08_tests.tests.people import Client


async def test_read(client: Client) -> None:
    page = await (await client.get("/api/posts")).json()
    assert [post["id"] for post in page["posts"]] == [1, 2]


async def test_read(client: Client) -> None:
    response = await client.get("/api/posts/2")
    assert (await response.json())["text"] == "The first bug found."
    assert (await client.get("/api/posts/99")).status == 404
