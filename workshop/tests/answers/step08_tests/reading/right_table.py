# whole
"""A table of addresses and what they answer."""

import pytest

from steps.step08_tests.tests.people import Client

MISSING = {"error": {"status": 404, "reason": "There is no such post"}}
ENGINE = {
    "id": 1,
    "title": "Notes on the Analytical Engine",
    "text": "It weaves.",
    "owner": "Ada",
    "editor": "Ada",
}
MOTH = {
    "id": 2,
    "title": "A moth in relay 70",
    "text": "The first bug found.",
    "owner": "Grace",
    "editor": "Grace",
}


@pytest.mark.parametrize(
    ("path", "status", "data"),
    [
        ("/api/posts", 200, {"posts": [ENGINE, MOTH], "next": None}),
        ("/api/posts/1", 200, ENGINE),
        ("/api/posts/2", 200, MOTH),
        ("/api/posts/3", 404, MISSING),
    ],
)
async def test_get(client: Client, path: str, status: int, data: object) -> None:
    response = await client.get(path)
    assert (response.status, await response.json()) == (status, data)
