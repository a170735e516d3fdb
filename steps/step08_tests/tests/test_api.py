"""The API, as a program sees it: a table says what is refused, and how."""

import asyncio
from io import BytesIO

import aiosqlite
import pytest

from .. import store
from .people import POST, Client

JSON = "application/json"


async def test_read(client: Client) -> None:
    """GET answers with the whole post."""
    response = await client.get("/api/posts/1")
    assert response.status == 200
    assert await response.json() == {
        "id": 1,
        "title": "Notes on the Analytical Engine",
        "text": "It weaves.",
        "owner": "Ada",
        "editor": "Ada",
    }


async def test_create(program: Client, db: aiosqlite.Connection) -> None:
    """POST answers 201, the address and the post; the database has it."""
    response = await program.post("/api/posts", json=POST)
    assert response.status == 201
    assert response.headers["Location"] == "/api/posts/3"
    rows = list(await db.execute_fetchall("SELECT title, owner FROM posts WHERE id = 3"))
    assert rows == [("On loops", "Ada")]


async def test_change_and_delete(program: Client) -> None:
    """PATCH changes what it gets, DELETE takes the post out."""
    changed = await (await program.patch("/api/posts/1", json={"title": "New"})).json()
    assert (changed["title"], changed["text"]) == ("New", "It weaves.")
    assert (await program.delete("/api/posts/1")).status == 204
    assert (await program.get("/api/posts/1")).status == 404


async def test_pages_of_the_list(program: Client) -> None:
    """Following `next` leads through all posts, once each."""
    await program.post("/api/posts", json=POST)
    seen, path = [], "/api/posts?limit=2"
    while path:
        page = await (await program.get(path)).json()
        seen += [post["id"] for post in page["posts"]]
        path = page["next"]
    assert seen == [1, 2, 3]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        pytest.param(b"{}", "text/plain", 415, id="not JSON"),
        pytest.param(b"{", JSON, 400, id="broken"),
        pytest.param(b"\xff", JSON, 400, id="no text"),
        pytest.param(b"[" * 100_000, JSON, 400, id="a nest"),
        pytest.param(b"[]", JSON, 422, id="a list"),
        pytest.param(b'{"title": "a"}', JSON, 422, id="no text field"),
        pytest.param(b'{"title": 5, "text": "b"}', JSON, 422, id="a number"),
        pytest.param(b'{"title": " ", "text": "b"}', JSON, 422, id="blank"),
        pytest.param(b" " * (10 * 2**20 + 1), JSON, 413, id="too large"),
    ],
)
async def test_create_refuses(program: Client, body: bytes, kind: str, status: int) -> None:
    """Bad input is refused in the one shape that all errors have."""
    headers = {"Content-Type": kind}
    response = await program.post("/api/posts", data=BytesIO(body), headers=headers)
    assert response.status == status
    error = (await response.json())["error"]
    assert error["status"] == status
    assert error["reason"]
    assert (await program.get("/api/posts/3")).status == 404


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
@pytest.mark.parametrize(("number", "status"), [(2, 403), (99, 404)])
async def test_not_yours(program: Client, method: str, number: int, status: int) -> None:
    """Ada can change neither Grace's post nor one that is not there."""
    response = await program.request(method, f"/api/posts/{number}", json={"title": "Mine"})
    assert response.status == status


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "offset=-1", "limit=x", "offset="])
async def test_bad_pages(client: Client, query: str) -> None:
    """A page that makes no sense is a 400."""
    assert (await client.get(f"/api/posts?{query}")).status == 400


async def test_two_at_once(program: Client) -> None:
    """Requests that write at the same time are all kept."""
    answers = await asyncio.gather(*(program.post("/api/posts", json=POST) for _ in range(10)))
    assert [answer.status for answer in answers] == [201] * 10


async def test_our_own_mistake(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An error of ours is a 500 that tells nothing, and a traceback in the log."""

    async def break_down(*_: object) -> None:
        raise RuntimeError("the secret")

    monkeypatch.setattr(store, "find", break_down)
    response = await client.get("/api/posts/1")
    assert response.status == 500
    assert "secret" not in await response.text()
    assert "the secret" in caplog.text
