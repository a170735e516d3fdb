"""What the tests share: a blog of their own for each, its database, and people who use it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import aiosqlite
import pytest
from aiohttp import web

from .. import credentials, passwords
from ..app import create_app
from ..config import Config
from .people import PASSWORD, Browser, Client

if TYPE_CHECKING:
    from pytest_aiohttp.plugin import AiohttpClient


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Settings with an empty folder for the data."""
    return Config(data=tmp_path / "data")


@pytest.fixture
def app(config: Config, monkeypatch: pytest.MonkeyPatch) -> web.Application:
    """The blog; its passwords cost nothing, so that the tests are fast."""
    monkeypatch.setattr(passwords, "N", 2)
    monkeypatch.setattr(credentials, "NOBODY", passwords.hash_password("of nobody"))
    return create_app(config)


@pytest.fixture
async def client(app: web.Application, aiohttp_client: "AiohttpClient") -> Client:
    """Somebody who asks the blog; it runs on a port of its own and is closed afterwards."""
    return await aiohttp_client(app)


@pytest.fixture
async def db(client: Client, config: Config) -> AsyncIterator[aiosqlite.Connection]:
    """The blog's database, seen from beside; Ada and Grace have the password of the tests."""
    async with aiosqlite.connect(config.data / "blog.db") as db:
        await db.execute("UPDATE users SET password = ?", [passwords.hash_password(PASSWORD)])
        await db.commit()
        yield db


@pytest.fixture
async def ada(client: Client, db: aiosqlite.Connection) -> Browser:
    """Ada with her browser, logged in."""
    browser = Browser(client)
    await browser.log_in("Ada")
    return browser


@pytest.fixture
async def program(client: Client, db: aiosqlite.Connection) -> Client:
    """A program that writes for Ada."""
    answer = await client.post("/api/login", json={"name": "Ada", "password": PASSWORD})
    token = (await answer.json())["token"]
    client.session.headers["Authorization"] = f"Bearer {token}"
    return client
