"""Whoever guesses tries another password each time, and each is shorter than any can be."""

from steps.step08_tests.accounts import safe_next
from steps.step08_tests.limiter import TRIES
from steps.step08_tests.tests.people import PASSWORD, POST, Browser, Client

WRONG = {"name": "Ada", "password": "wrong password"}
RIGHT = {"name": "Ada", "password": PASSWORD}


async def test_wrong_password(program: Client) -> None:
    """Whoever does not know the password does not get in."""
    response = await program.post("/api/login", json=WRONG)
    assert response.status == 401


async def test_logout(program: Client) -> None:
    """After the logout its token is worth nothing."""
    assert (await program.delete("/api/login")).status == 204
    assert (await program.post("/api/posts", json=POST)).status == 401


async def test_not_yours(ada: Browser) -> None:
    """Ada cannot change what Grace wrote."""
    response = await ada.send("/2/edit", title="Mine", text="Mine, too.")
    assert response.status == 403
    assert "A moth in relay 70" in await ada.page("/2")


async def test_form_of_another_site(ada: Browser) -> None:
    """A form without the token of our pages is refused, even when Ada's own browser sends it."""
    response = await ada.client.post("/1/delete", data={}, allow_redirects=False)
    assert response.status == 403
    await ada.page("/1")


async def test_guessing(program: Client) -> None:
    """Whoever has guessed too often has to wait, even with the right password."""
    for number in range(TRIES):
        await program.post("/api/login", json={"name": "Ada", "password": f"{number}"})
    response = await program.post("/api/login", json=RIGHT)
    assert response.status == 429


def test_next() -> None:
    """After the login one goes on within the blog: this needs no server."""
    assert safe_next({"next": "/1/edit"}) == "/1/edit"
    assert safe_next({"next": "//evil.example"}) == "/"
    assert safe_next({"next": "https://evil.example/"}) == "/"
