# whole
"""Where there is a choice, a program does it."""

from http import HTTPStatus

from steps.step08_tests import accounts, limiter
from steps.step08_tests.tests.people import PASSWORD, POST, Browser, Client


async def log_in(client: Client, password: str) -> int:
    async with client.post("/api/login", json={"name": "Ada", "password": password}) as response:
        return response.status


async def test_password(program: Client) -> None:
    assert await log_in(program, "it weaves carpets") == HTTPStatus.UNAUTHORIZED
    assert await log_in(program, PASSWORD) == HTTPStatus.CREATED


async def test_logout(program: Client) -> None:
    await program.delete("/api/login")
    assert (await program.patch("/api/posts/1", json={"title": "New"})).status == 401


async def test_owner(program: Client) -> None:
    assert (await program.patch("/api/posts/2", json={"title": "New"})).status == 403
    assert (await program.delete("/api/posts/2")).status == 403
    assert (await program.patch("/api/posts/1", json={"title": "New"})).status == 200


async def test_limit(program: Client) -> None:
    statuses = [await log_in(program, "wrong password") for _ in range(limiter.TRIES + 2)]
    assert statuses[-1] == HTTPStatus.TOO_MANY_REQUESTS


async def test_form(ada: Browser) -> None:
    await ada.client.post("/new", data=POST)
    assert (await ada.client.get("/3")).status == 404


def test_next() -> None:
    assert accounts.safe_next({"next": "http://evil.example/1"}) == "/"
