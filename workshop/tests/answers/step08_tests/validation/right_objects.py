# whole
"""The rows are Python objects, and aiohttp makes JSON of them."""

import pytest

from steps.step08_tests.tests.people import POST, Client


@pytest.mark.parametrize(
    "data",
    [
        POST | {"title": 7},
        POST | {"title": " "},
        POST | {"title": "x" * 101},
        {"title": "On loops"},
        [],
    ],
    ids=["number", "blank", "long", "absent", "list"],
)
async def test_unprocessable(program: Client, data: object) -> None:
    response = await program.post("/api/posts", json=data)
    assert response.status == 422
    assert (await response.json())["error"]["reason"]


async def test_no_json(program: Client) -> None:
    response = await program.post("/api/posts", data="{}")
    assert response.status == 415
