# whole
"""The tests look at what they made themselves.

check: test_missing
says: no test of yours gets to what is broken
"""

from steps.step08_tests.tests.people import Client


async def test_read(client: Client) -> None:
    post = {"id": 1, "title": "Notes"}
    assert post["id"] == 1


async def test_missing(client: Client) -> None:
    status = 404
    assert status == 404
