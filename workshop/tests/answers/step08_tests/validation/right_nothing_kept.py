# whole
"""It is asked whether a post came of it, not with which status."""

import pytest

from steps.step08_tests.tests.people import POST, Client

BAD = [
    b'{"title": 5, "text": "It waits."}',
    b'{"title": "   ", "text": "It waits."}',
    b'{"title": "' + 101 * b"o" + b'", "text": "It waits."}',
    b'{"text": "It waits."}',
]


@pytest.mark.parametrize("body", BAD)
async def test_makes_no_post(program: Client, body: bytes) -> None:
    await program.post("/api/posts", data=body, headers={"Content-Type": "application/json"})
    assert (await program.get("/api/posts/3")).status == 404


async def test_text(program: Client) -> None:
    body = '{"title": "On loops", "text": "It waits."}'
    await program.post("/api/posts", data=body)
    assert (await program.get("/api/posts/3")).status == 404


async def test_our_mistake(program: Client) -> None:
    assert (await program.post("/api/posts", json=["a", "list"])).status < 500
