"""The API under /api/posts: it answers, and refuses everything else in one shape."""

from io import BytesIO

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from . import store
from .app import LARGEST_FORM

Client = TestClient[web.Request, web.Application]
POST = {"title": "On loops", "text": "A loop waits.", "owner": "Grace"}
JSON = "application/json"


async def count(client: Client) -> int:
    """Return how many posts there are."""
    return len((await (await client.get("/api/posts?limit=100")).json())["posts"])


async def reason(client: Client, method: str, path: str, **options: object) -> tuple[int, str]:
    """Ask for what must fail; return status and reason, having looked at the shape."""
    response = await client.request(method, path, **options)  # type: ignore[arg-type]
    assert response.content_type == JSON
    error = (await response.json())["error"]
    assert error.keys() == {"status", "reason"}
    assert error["status"] == response.status
    return response.status, error["reason"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_reads_a_post(client: Client, method: str) -> None:
    """A post is there for GET and for HEAD."""
    response = await client.request(method, "/api/posts/1")
    assert response.status == 200
    assert ("Engine" in await response.text()) == (method == "GET")


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
@pytest.mark.parametrize("name", ["01", "99"])
async def test_an_id_has_one_spelling(client: Client, method: str, name: str) -> None:
    """A post that is not there is 404, whatever the method."""
    status, _ = await reason(client, method, f"/api/posts/{name}", json={"title": "New"})
    assert status == 404


async def test_creates(client: Client) -> None:
    """POST answers 201, the post and its address; the id is an int everywhere."""
    response = await client.post("/api/posts", json=POST)
    assert (response.status, response.headers["Location"]) == (201, "/api/posts/3")
    made = await response.json()
    assert made == {"id": 3, "editor": "Grace"} | POST
    assert await (await client.get("/api/posts/3")).json() == made
    assert (await (await client.get("/api/posts")).json())["posts"][2] == made


@pytest.mark.parametrize("change", [{"title": "New"}, {"text": "New"}, {"editor": "Alan"}])
async def test_changes_what_is_sent(client: Client, change: dict[str, str]) -> None:
    """PATCH changes the fields that it gets, no other."""
    before = await (await client.get("/api/posts/1")).json()
    response = await client.patch("/api/posts/1", json=change)
    assert response.status == 200
    assert await response.json() == before | change
    assert await (await client.get("/api/posts/1")).json() == before | change


async def test_delete_never_gives_an_id_again(client: Client) -> None:
    """DELETE answers 204, then 404; the next post gets a new id."""
    for wanted in 204, 404:
        response = await client.delete("/api/posts/2")
        assert response.status == wanted
    made = await (await client.post("/api/posts", json=POST)).json()
    assert made["id"] == 3


async def test_pages_of_the_list(client: Client) -> None:
    """GET with limit and offset goes through all posts, in order, once each."""
    for _ in range(3):
        await client.post("/api/posts", json=POST)
    seen, path = [], "/api/posts?limit=2"
    while path:
        page = await (await client.get(path)).json()
        seen.append([post["id"] for post in page["posts"]])
        path = page["next"]
    assert seen == [[1, 2], [3, 4], [5]]


@pytest.mark.parametrize("name", ["limit", "offset"])
@pytest.mark.parametrize("value", ["x", "1000000"])
async def test_refuses_a_bad_page(client: Client, name: str, value: str) -> None:
    """A limit or an offset that makes no sense is 400."""
    status, why = await reason(client, "GET", f"/api/posts?{name}={value}")
    assert status == 400
    assert name in why


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "text/plain", 415),
        (b"title=a&text=b&owner=c", "application/x-www-form-urlencoded", 415),
        (b"", JSON, 400),
        (b"\xff", JSON, 400),
        (b"{}", "application/json; charset=klingon", 415),
        (b"[" * 100_000, JSON, 400),
        (b"1" * 5000, JSON, 400),
        (b"[]", JSON, 422),
        (b"null", JSON, 422),
        (b"{}", JSON, 422),
        (b" " * LARGEST_FORM + b" ", JSON, 413),
    ],
)
@pytest.mark.parametrize(("method", "path"), [("POST", "/api/posts"), ("PATCH", "/api/posts/1")])
async def test_refuses(
    client: Client, method: str, path: str, body: bytes, kind: str, status: int
) -> None:
    """Bad input is refused with a reason and leaves nothing behind."""
    before = await (await client.get("/api/posts")).json()
    headers = {"Content-Type": kind}
    came, why = await reason(client, method, path, data=BytesIO(body), headers=headers)
    assert came == status
    assert why
    assert await (await client.get("/api/posts")).json() == before


@pytest.mark.parametrize("field", ["title", "text", "owner"])
@pytest.mark.parametrize("value", [None, 5, "x" * 10_001])
async def test_names_the_bad_field(client: Client, field: str, value: object) -> None:
    """A field that is missing, empty, too long or no text is 422."""
    status, why = await reason(client, "POST", "/api/posts", json=POST | {field: value})
    assert status == 422
    assert field in why
    assert await count(client) == 2


@pytest.mark.parametrize("name", ["owner", "id", "colour"])
async def test_what_cannot_be_changed(client: Client, name: str) -> None:
    """PATCH refuses fields that stay as they are."""
    status, _ = await reason(client, "PATCH", "/api/posts/1", json={name: "Mallory"})
    assert status == 422


@pytest.mark.parametrize("owner", ["Аda", "Zoë", "Gra\u200bce", "Ａｄａ", "٣"])
async def test_owners_are_of_plain_letters(client: Client, owner: str) -> None:
    """Other alphabets have an Ada that looks the same."""
    assert (await client.post("/api/posts", json=POST | {"owner": owner})).status == 422


UNSEEN = [
    "\u200b",
    "\u2060\ufeff",
    "\u200e\u200f",
    "\u0301\u0302",
    "\u3164",
    "\u2800 \u00ad",
    "\ufe0f",
]
CONTROLS = ["On\0 loops", "\x1b[2J", "On \u202esqool", "a\u2066b", "\x7f\x7f", "a\x85b"]


@pytest.mark.parametrize("title", UNSEEN + CONTROLS)
async def test_titles_can_be_seen(client: Client, title: str) -> None:
    """A link that nobody sees, or that turns round what stands beside it, is refused."""
    for name in "title", "text":
        response = await client.post("/api/posts", json=POST | {name: title})
        assert response.status == 422, name


@pytest.mark.parametrize(
    "title", ["e\u0301tude", "👩\u200d🚀", "می\u200cخواهم", "x", "…", "क्ष", "\u200fשלום"]
)
async def test_titles_of_any_alphabet(client: Client, title: str) -> None:
    """Accents, joined signs and marks of direction belong to a text."""
    assert (await client.post("/api/posts", json=POST | {"title": title})).status == 201


async def test_stores_what_was_sent(client: Client) -> None:
    """Quotes and other alphabets come back as they were."""
    strange = POST | {
        "title": "'); DROP TABLE posts; --",
        "text": "Zoë \u2028 🐍",
        "owner": "Zoe",
    }
    made = await (await client.post("/api/posts", json=strange)).json()
    assert made == strange | {"id": 3, "editor": "Zoe"}
    assert await count(client) == 3


async def test_other_addresses_and_methods(client: Client) -> None:
    """404 and 405 have the same shape; a 405 names the methods allowed."""
    assert await reason(client, "GET", "/api/nothing") == (404, "Not Found")
    assert await reason(client, "PUT", "/api/posts/1") == (405, "Method Not Allowed")
    response = await client.put("/api/posts/1")
    assert response.headers["Allow"] == "DELETE,GET,HEAD,PATCH"


async def test_blog_has_an_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the room is used up, a new post is refused."""
    monkeypatch.setattr(store, "MAX_POSTS", 3)
    assert (await client.post("/api/posts", json=POST)).status == 201
    assert await reason(client, "POST", "/api/posts", json=POST) == (507, "The blog is full")


async def test_our_own_mistake(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An error of ours is 500, tells no secrets, and is written down."""

    async def break_down(*_: object) -> None:
        raise ValueError("the secret")

    monkeypatch.setattr(store, "find", break_down)
    status, why = await reason(client, "GET", "/api/posts/1?a=%0Afake")
    assert status == 500
    assert "secret" not in why
    assert "the secret" in caplog.text
    assert "GET /api/posts/1?a=%0Afake failed" in caplog.messages
