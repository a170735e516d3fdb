# whole
"""A loop in place of parameters."""

import pytest

from steps.step08_tests.tests.people import POST, Client


async def test_refused(program: Client) -> None:
    for field in "title", "text":
        for value in 1, None, "\t", "x" * 10_001, ["x"]:
            response = await program.post("/api/posts", json={**POST, field: value})
            assert response.status == 422, (field, value)
        rest = {name: value for name, value in POST.items() if name != field}
        assert (await program.post("/api/posts", json=rest)).status == 422
    assert (await program.post("/api/posts", json=[POST])).status == 422
    assert (await program.post("/api/posts", data=str(POST))).status == 415


async def test_title_too_long(program: Client) -> None:
    response = await program.post("/api/posts", json=POST | {"title": "x" * 101})
    assert response.status == 422
