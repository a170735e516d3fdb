# whole
"""Comparisons without `assert` do nothing.

check: test_missing
says: There is no `assert` in
"""

from steps.step08_tests.tests.people import Client


async def test_read(client: Client) -> None:
    response = await client.get("/api/posts/2")
    response.status == 200
    (await response.json())["id"] == 2


async def test_missing(client: Client) -> None:
    response = await client.get("/api/posts/99")
    response.status == 404


async def test_list(client: Client) -> None:
    response = await client.get("/api/posts")
    response.status == 200
