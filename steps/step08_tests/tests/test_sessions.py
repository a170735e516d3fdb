"""Logins, and those who try to do without."""

import aiosqlite
import pytest

from ..limiter import TRIES
from .people import PASSWORD, POST, Browser, Client


async def test_logout(ada: Browser) -> None:
    """After the logout nobody is there, not even with a copy of the old cookie."""
    jar = ada.client.session.cookie_jar
    stolen = jar.filter_cookies(ada.client.make_url("/"))["blog"].value
    assert "Log out Ada" in await ada.page("/")
    await ada.send("/logout")
    assert "Log in" in await ada.page("/")
    jar.clear()
    response = await ada.client.get("/", headers={"Cookie": f"blog={stolen}"})
    assert "Log in" in await response.text()


@pytest.mark.parametrize("password", ["", "wrong password"])
@pytest.mark.parametrize("name", ["Ada", "Alan"])
async def test_wrong_password(client: Client, name: str, password: str) -> None:
    """A wrong name and a wrong password look the same."""
    response = await Browser(client).send("/login", name=name, password=password)
    assert response.status == 401
    assert "Name or password is wrong" in await response.text()


async def test_join(client: Client) -> None:
    """Whoever joins is logged in; a name that is taken stays with its owner."""
    browser = Browser(client)
    assert (await browser.send("/join", name="Alan", password=PASSWORD)).status == 303
    assert "Welcome, Alan." in await browser.page("/")
    assert (await browser.send("/join", name="ada", password=PASSWORD)).status == 409
    assert (await browser.send("/join", name="Edith", password="short")).status == 422


async def test_guessing(client: Client, db: aiosqlite.Connection) -> None:
    """After a few wrong tries an account has to wait."""
    wrong = {"name": "Ada", "password": "wrong password"}
    for _ in range(TRIES):
        assert (await client.post("/api/login", json=wrong)).status == 401
    response = await client.post("/api/login", json=wrong)
    assert response.status == 429
    assert int(response.headers["Retry-After"]) > 0


@pytest.mark.parametrize("path", ["/new", "/1/edit", "/1/delete", "/logout"])
async def test_forms_need_their_token(ada: Browser, path: str) -> None:
    """A form that another site sends in Ada's name is refused."""
    response = await ada.client.post(path, data=POST, allow_redirects=False)
    assert response.status == 403


async def test_other_origins(ada: Browser) -> None:
    """What a browser says of where it comes from is believed."""
    ada.client.session.headers["Origin"] = "https://evil.example"
    assert (await ada.send("/1/delete")).status == 403


async def test_others_posts(ada: Browser) -> None:
    """Ada sees no button for Grace's post, and cannot do without one either."""
    assert "Edit" not in await ada.page("/2")
    for path in "/2/edit", "/2/delete":
        assert (await ada.send(path, **POST)).status == 403


@pytest.mark.parametrize("cookie", ["x", "é", "gAAAAA", "x" * 4000])
async def test_forged_cookies(client: Client, cookie: str) -> None:
    """A cookie that we did not make is nobody's, and no fault of ours."""
    response = await client.get("/new", headers={"Cookie": f"blog={cookie}"}, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/login?next=/new")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic x"])
async def test_programs_need_a_token(ada: Browser, header: str) -> None:
    """The cookie of the pages opens nothing in the API."""
    headers = {"Authorization": header}
    response = await ada.client.post("/api/posts", json=POST, headers=headers)
    assert response.status == 401


async def test_a_program_logs_out(program: Client) -> None:
    """A token ends when it is deleted."""
    assert (await program.delete("/api/login")).status == 204
    assert (await program.post("/api/posts", json=POST)).status == 401
