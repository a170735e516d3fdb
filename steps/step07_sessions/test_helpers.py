"""What the tests of this step share: users, and ways to log in."""

from aiohttp import web
from aiohttp.test_utils import TestClient

from .db import POOL
from .passwords import scrypt

Client = TestClient[web.Request, web.Application]
PASSWORD = "it weaves flowers"
CHEAP = f"2$8$1${'00' * 16}${scrypt(PASSWORD, 2, 8, 1, bytes(16)).hex()}"


async def enrol(app: web.Application, *names: str) -> None:
    """Give these users the password of the tests."""
    db = await app[POOL].get()
    sql = "INSERT INTO users VALUES (?, ?) ON CONFLICT DO UPDATE SET password = excluded.password"
    await db.executemany(sql, [(name, CHEAP) for name in names])
    await db.commit()
    app[POOL].put_nowait(db)


def hidden(text: str, name: str) -> str:
    """Return the value of a hidden field of a page."""
    return text.partition(f'name="{name}" value="')[2].partition('"')[0]


async def csrf(client: Client, path: str = "/login") -> str:
    """Return the token that the forms of this visitor carry."""
    return hidden(await (await client.get(path)).text(), "csrf")


async def log_in(client: Client, name: str) -> str:
    """Log in on the pages; return the token for forms."""
    await enrol(client.app, name)
    form = {"csrf": await csrf(client), "name": name, "password": PASSWORD}
    response = await client.post("/login", data=form, allow_redirects=False)
    assert response.status == 303
    return await csrf(client, "/new")


async def sign_in(client: Client, name: str) -> None:
    """Log in as a program: every request of this client carries the token from now on."""
    await enrol(client.app, name)
    response = await client.post("/api/login", json={"name": name, "password": PASSWORD})
    token = (await response.json())["token"]
    client.session.headers["Authorization"] = f"Bearer {token}"
