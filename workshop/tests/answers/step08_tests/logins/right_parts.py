# whole
"""The parts are called without a server where they can be."""

import pytest
from aiohttp import web

from steps.step08_tests import users
from steps.step08_tests.accounts import safe_next
from steps.step08_tests.limiter import TRIES, Limiter
from steps.step08_tests.tests.people import POST, Browser, Client


def test_limiter() -> None:
    limiter = Limiter(clock=lambda: 0.0)
    for _ in range(TRIES):
        limiter.count("203.0.113.7", "Ada")
    with pytest.raises(web.HTTPTooManyRequests):
        limiter.count("203.0.113.7", "Ada")


async def test_token(db) -> None:
    token = await users.start_login(db, "Ada")
    assert await users.name_of(db, token) == "Ada"
    await users.end_login(db, token)
    assert await users.name_of(db, token) is None


def test_next() -> None:
    for bad in "//x", "/\\x", "https://x", "javascript:alert(1)":
        assert safe_next({"next": bad}) == "/", bad


async def test_password(client: Client, db) -> None:
    response = await client.post("/api/login", json={"name": "Ada", "password": "guessed it"})
    assert response.status == 401


async def test_forms(ada: Browser) -> None:
    assert (await ada.send("/2/delete")).status == 403
    assert (await ada.client.post("/1/delete", data=POST)).status == 403
