# whole
"""Tests as methods of a class, with a fixture of their own."""

import pytest

from steps.step08_tests.tests.people import Client


class TestPosts:
    @pytest.fixture
    async def posts(self, client: Client) -> list[dict[str, object]]:
        response = await client.get("/api/posts")
        return (await response.json())["posts"]

    async def test_order(self, posts: list[dict[str, object]]) -> None:
        assert posts[0]["title"] == "Notes on the Analytical Engine"
        assert posts[1]["title"] == "A moth in relay 70"

    async def test_each(self, client: Client, posts: list[dict[str, object]]) -> None:
        for post in posts:
            async with client.get(f"/api/posts/{post['id']}") as response:
                assert response.status == 200
                assert (await response.json())["text"] == post["text"]

    async def test_no_such_post(self, client: Client) -> None:
        async with client.get("/api/posts/999999") as response:
            assert not response.ok
