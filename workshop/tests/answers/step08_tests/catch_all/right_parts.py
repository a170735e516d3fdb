# whole
"""As many parts as possible are called without a server."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from aiohttp import FormData, web
from PIL import Image

from steps.step08_tests import parsing, templating, store, streaming, users
from steps.step08_tests.tests.people import POST, Browser, Client


def asking(**query: str) -> SimpleNamespace:
    return SimpleNamespace(query=query)


@pytest.mark.parametrize("limit", ["0", "101", "x", "-1"])
def test_number(limit: str) -> None:
    with pytest.raises(web.HTTPBadRequest):
        parsing.number_of(asking(limit=limit), "limit", 20, range(1, 101))


def test_paragraphs() -> None:
    assert "<b>" not in templating.paragraphs("<b>")


@pytest.mark.parametrize("name", ["../x", "/x", "..\\x", ".x"])
def test_safe_name(name: str) -> None:
    assert streaming.safe_name(name) == "x"


async def test_store(client: Client, db) -> None:
    await store.change(db, 1, {"title": "New"})
    assert [post.title for post in await store.list_from(db, 0, 9)] == ["New", "A moth in relay 70"]


async def test_users(client: Client, db, monkeypatch) -> None:
    assert not await users.add(db, "Ada", "1$1$1$00$00")
    token = await users.start_login(db, "Ada")
    monkeypatch.setattr(users, "LOGIN_SECONDS", -1)
    assert await users.name_of(db, token) is None


async def test_api(program: Client, monkeypatch) -> None:
    answer = await program.post("/api/posts", json=POST)
    assert answer.headers.get("Location", "").endswith("/3")
    page = await (await program.get("/api/posts?limit=2")).json()
    assert page["next"].endswith("offset=2")

    async def fail(*_: object) -> None:
        raise ValueError("42")

    monkeypatch.setattr(store, "remove", fail)
    answer = await program.delete("/api/posts/1")
    assert "42" not in (await answer.json())["error"]["reason"]


async def test_forms(ada: Browser) -> None:
    answer = await ada.send("/new", title="typed", text="")
    assert 'value="typed"' in await answer.text()
    answer = await ada.client.post("/1/delete", headers={"Origin": "null"})
    assert "another site" in await answer.text()


async def test_picture(ada: Browser) -> None:
    file = BytesIO()
    Image.new("L", (3, 3)).save(file, "GIF")
    csrf = (await ada.page("/new")).split('name="csrf" value="')[1].split('"')[0]
    form = FormData({"csrf": csrf, **POST})
    form.add_field("image", file.getvalue(), filename="a.gif", content_type="image/gif")
    answer = await ada.client.post("/new", data=form)
    assert answer.status == 200
    etag = (await ada.client.get("/3/picture")).headers["ETag"]
    answer = await ada.client.get("/3/picture", headers={"If-None-Match": etag})
    assert answer.status == 304
