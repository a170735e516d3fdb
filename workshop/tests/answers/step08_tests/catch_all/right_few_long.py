# whole
"""Four long tests."""

from io import BytesIO

from aiohttp import FormData
from PIL import Image

from steps.step08_tests import api, store
from steps.step08_tests.tests.people import PASSWORD, POST, Browser, Client


async def test_api(program: Client) -> None:
    created = await program.post("/api/posts", json=POST | {"title": "o" * 100})
    assert (await program.get(created.headers["Location"])).status == 200
    await program.patch("/api/posts/1", json={"text": "Changed."})
    seen, path = [], "/api/posts?limit=1"
    while path:
        page = await (await program.get(path)).json()
        seen += page["posts"]
        path = page["next"]
    assert [post["text"] for post in seen] == ["Changed.", "The first bug found.", POST["text"]]
    assert (await program.get("/api/posts?limit=101")).status == 400


async def test_pages(ada: Browser) -> None:
    await ada.send("/new", title="a", text="<script>evil()</script>")
    assert "<script>evil" not in await ada.page("/3")
    assert "kept" in await (await ada.send("/new", title="", text="kept")).text()
    file = BytesIO()
    Image.new("RGB", (5, 5)).save(file, "PNG")
    page = await ada.page("/new")
    csrf = page.split('name="csrf" value="')[1].split('"')[0]
    form = FormData({"csrf": csrf, **POST})
    form.add_field("image", file.getvalue(), filename="a.png", content_type="image/png")
    await ada.client.post("/new", data=form)
    etag = (await ada.client.get("/4/thumbnail")).headers["ETag"]
    again = await ada.client.get("/4/thumbnail", headers={"If-None-Match": etag})
    assert await again.read() == b""


async def test_people(ada: Browser, db, config) -> None:
    assert (await ada.send("/join", name="ADA", password=PASSWORD)).status == 409
    headers = {"Origin": "http://evil.example"}
    page = await ada.page("/login")
    csrf = page.split('name="csrf" value="')[1].split('"')[0]
    response = await ada.client.post("/1/delete", data={"csrf": csrf}, headers=headers)
    assert response.status == 403
    await db.execute("UPDATE logins SET since = 1")
    await db.commit()
    assert "Ada" not in (await ada.page("/")).partition("<main")[0]


async def test_program(program: Client, config, monkeypatch) -> None:
    form = FormData(quote_fields=False)
    form.add_field("file", b"words", filename="../../talk.txt")
    await program.post("/api/posts/1/files", data=form)
    assert (config.data / "files/1/talk.txt").exists()

    async def fail(*_: object) -> None:
        raise KeyError("the secret")

    monkeypatch.setattr(store, "list_from", fail)
    response = await program.get("/api/posts")
    assert response.status == 500
    assert "the secret" not in await response.text()
