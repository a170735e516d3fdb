# whole
"""Errors are raised, not compared."""

import aiohttp
import pytest

from steps.step08_tests.tests.people import Client


async def ask(client: Client, path: str) -> dict:
    response = await client.get(path)
    response.raise_for_status()
    return await response.json()


async def test_missing(client: Client) -> None:
    with pytest.raises(aiohttp.ClientResponseError, match="404"):
        await ask(client, "/api/posts/99")


async def test_posts(client: Client) -> None:
    first, second = (await ask(client, "/api/posts"))["posts"]
    assert first["id"] < second["id"]
    assert (await ask(client, "/api/posts/2")) == second
    assert second["text"] == "The first bug found."
