"""Three tests of one address, judged: by the right blog, and by broken ones."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import click
from aiohttp.test_utils import TestClient, TestServer

from steps.step08_tests import store
from steps.step08_tests.app import create_app
from steps.step08_tests.config import Config

find = store.find


async def test_runs(client):
    """GET /api/posts/2 answers."""
    await client.get("/api/posts/2")


async def test_status(client):
    """GET /api/posts/2 answers 200."""
    response = await client.get("/api/posts/2")
    assert response.status == 200


async def test_post(client):
    """GET /api/posts/2 answers with that post."""
    response = await client.get("/api/posts/2")
    assert response.status == 200
    assert (await response.json())["title"] == "A moth in relay 70"


async def none_found(db, number):
    """Find nothing, whatever was asked for."""


async def first_found(db, number):
    """Find the first post, whatever was asked for."""
    return await find(db, 1)


TESTS = (test_runs, test_status, test_post)
MUTANTS = {"finds no post": none_found, "always finds post 1": first_found}


async def passes(test, its_find) -> bool:
    """Run a test against a new blog that has this `find`."""
    with TemporaryDirectory() as folder, patch.object(store, "find", its_find):
        async with TestClient(TestServer(create_app(Config(Path(folder))))) as client:
            try:
                await test(client)
            except AssertionError:
                return False
            return True


async def row(name, its_find, passed, failed) -> None:
    """Print the name of a blog, and a word for each test."""
    words = [passed if await passes(test, its_find) else failed for test in TESTS]
    click.echo(f"{name:24}{words[0]:14}{words[1]:14}{words[2]}")


async def main() -> None:
    """Judge the tests by the right blog, then by the mutants."""
    click.echo(" " * 24 + "test_runs     test_status   test_post")
    await row("the right blog", find, "passed", "failed")
    for name, broken in MUTANTS.items():
        await row(name, broken, "let through", "caught")


if __name__ == "__main__":
    asyncio.run(main())
