# whole
"""All of it in the browser."""

import aiosqlite
import pytest

from steps.step08_tests.limiter import TRIES
from steps.step08_tests.tests.people import PASSWORD, Browser, Client


async def test_wrong_password(client: Client, db: aiosqlite.Connection) -> None:
    browser = Browser(client)
    response = await browser.send("/login", name="Ada", password="wrong password")
    assert response.status == 401
    assert "Log out" not in await browser.page("/")


async def test_old_cookie(ada: Browser) -> None:
    jar = ada.client.session.cookie_jar
    old = jar.filter_cookies(ada.client.make_url("/"))["blog"].value
    await ada.send("/logout")
    jar.clear()
    response = await ada.client.get("/", headers={"Cookie": f"blog={old}"})
    assert "Log out Ada" not in await response.text()


@pytest.mark.parametrize("path", ["/2/edit", "/2/delete"])
async def test_owner(ada: Browser, path: str) -> None:
    assert (await ada.send(path, title="New", text="Newer")).status == 403


@pytest.mark.parametrize("path", ["/new", "/1/edit", "/1/delete", "/logout"])
async def test_csrf(ada: Browser, path: str) -> None:
    response = await ada.client.post(path, data={"title": "a", "text": "b"}, allow_redirects=False)
    assert response.status == 403


async def test_guessing(client: Client, db: aiosqlite.Connection) -> None:
    browser = Browser(client)
    for number in range(TRIES):
        await browser.send("/login", name="Ada", password=f"wrong {number:05}")
    response = await browser.send("/login", name="Ada", password="wrong again")
    assert response.status == 429


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example", "/\\evil.example"])
async def test_next(client: Client, db: aiosqlite.Connection, address: str) -> None:
    response = await Browser(client).send("/login", name="Ada", password=PASSWORD, next=address)
    assert response.headers["Location"] == "/"
