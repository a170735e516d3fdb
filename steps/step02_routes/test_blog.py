"""The blog answers, and refuses with a reason."""

from io import BytesIO

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from .posts import BLOG, MAX_POSTS

Client = TestClient[web.Request, web.Application]
POST = {"title": "On loops", "text": "A loop waits.", "owner": "Grace"}
FORM = "application/x-www-form-urlencoded"


async def test_lists_posts(client: Client) -> None:
    """GET /posts links to every post."""
    text = await (await client.get("/posts")).text()
    assert '<a href="/posts/1">Notes on the Analytical Engine</a>' in text
    assert '<a href="/posts/2">A moth in relay 70</a>' in text


async def test_filters_by_word(client: Client) -> None:
    """GET /posts?word=MOTH leaves the others out."""
    text = await (await client.get("/posts", params={"word": "MOTH"})).text()
    assert "moth" in text
    assert "Engine" not in text


@pytest.mark.parametrize("path", ["/posts/1", "/api/posts/1"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_shows_a_post(client: Client, path: str, method: str) -> None:
    """A post is there for GET and for HEAD."""
    response = await client.request(method, path)
    assert response.status == 200
    assert ("Engine" in await response.text()) == (method == "GET")


@pytest.mark.parametrize("tree", ["/posts/", "/post/", "/api/posts/"])
@pytest.mark.parametrize("name", ["01", "1.0", "%201", "-1", "0", "3", "1%D9%A1", "9" * 10, "x"])
async def test_an_id_has_one_spelling(client: Client, tree: str, name: str) -> None:
    """What is no id of a post is not found."""
    response = await client.get(tree + name)
    assert response.status == 404


async def test_form_leads_to_the_new_post(client: Client) -> None:
    """POST /posts answers 303; the page that follows shows the post, harmless."""
    data = POST | {"title": "<script>alert(1)</script>"}
    response = await client.post("/posts", data=data, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/posts/3")
    text = await (await client.get("/posts/3")).text()
    assert "&lt;script&gt;" in text
    assert "<script" not in text + await (await client.get("/posts")).text()


async def test_json_in_and_out(client: Client) -> None:
    """POST /api/posts answers 201, the post and its address; the id is an int everywhere."""
    response = await client.post("/api/posts", json=POST)
    assert (response.status, response.headers["Location"]) == (201, "/api/posts/3")
    made = await response.json()
    assert made == {"id": 3, "editor": "Grace"} | POST
    assert await (await client.get("/api/posts/3")).json() == made
    assert (await (await client.get("/api/posts")).json())[2] == made


async def test_delete_never_gives_an_id_again(client: Client) -> None:
    """DELETE answers 204, then 404; the next post gets a new id."""
    for wanted in 204, 404:
        response = await client.delete("/api/posts/2")
        assert response.status == wanted
    made = await (await client.post("/api/posts", json=POST)).json()
    assert made["id"] == 3


@pytest.mark.parametrize(
    ("path", "body", "kind", "status"),
    [
        ("/api/posts", b"{}", "text/plain", 415),
        ("/api/posts", b"{}", FORM, 415),
        ("/api/posts", b"", "application/json", 400),
        ("/api/posts", b"\xff", "application/json", 400),
        ("/api/posts", b"{}", "application/json; charset=klingon", 415),
        ("/api/posts", b"[" * 100_000, "application/json", 400),
        ("/api/posts", b"[]", "application/json", 422),
        ("/api/posts", b'{"title": 5}', "application/json", 422),
        ("/api/posts", b'{"title": "\\ud800"}', "application/json", 422),
        ("/api/posts", b" " * 2**20 + b" ", "application/json", 413),
        ("/posts", b"{}", "application/json", 415),
        ("/posts", b"--b", "multipart/form-data; boundary=b", 415),
        ("/posts", b"title=%FF", FORM, 422),
        ("/posts", b"title=\xff", FORM, 400),
        ("/posts", b"title=a", FORM + "; charset=klingon", 415),
        ("/posts", b"title=a&text=b&owner=..", FORM, 422),
        ("/posts", b"a&" * 1001, FORM, 413),
    ],
)
async def test_refuses(
    client: Client, app: web.Application, path: str, body: bytes, kind: str, status: int
) -> None:
    """Bad input is refused with a reason and leaves nothing behind."""
    response = await client.post(path, data=BytesIO(body), headers={"Content-Type": kind})
    assert response.status == status
    assert await response.text()
    assert app[BLOG].last_id == 2


@pytest.mark.parametrize("field", ["title", "text", "owner"])
@pytest.mark.parametrize("value", [None, "", "  ", 5, "x" * 10_001])
async def test_names_the_bad_field(client: Client, field: str, value: object) -> None:
    """A field that is missing, empty, too long or no text is named in the reason."""
    response = await client.post("/api/posts", json=POST | {field: value})
    assert response.status == 422
    assert field in await response.text()


async def test_blog_has_an_end(client: Client, app: web.Application) -> None:
    """When the room is used up, a new post is refused."""
    for _ in range(MAX_POSTS - 2):
        app[BLOG].add(POST)
    response = await client.post("/api/posts", json=POST)
    assert response.status == 507


async def test_old_address_moved(client: Client) -> None:
    """GET /post/1 answers 301 with the new address."""
    response = await client.get("/post/1", allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (301, "/posts/1")


async def test_owners(client: Client) -> None:
    """Handlers in a class: the owners, and the titles of one."""
    assert await (await client.get("/owners")).json() == {"Ada": 1, "Grace": 1}
    assert await (await client.get("/owners/Grace")).json() == ["A moth in relay 70"]
    assert (await client.get("/owners/Alan")).status == 404


async def test_owner_is_decoded(client: Client) -> None:
    """The path is decoded before the handler sees it."""
    assert await (await client.get("/owners/Gr%61ce")).json() == ["A moth in relay 70"]


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


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_mirror_takes_every_method(client: Client, method: str) -> None:
    """The mirror shows the request."""
    seen = await (await client.request(method, "/mirror?a=1&a=2")).json()
    assert (seen["method"], seen["query"]) == (method, [["a", "1"], ["a", "2"]])


async def test_method_not_allowed(client: Client) -> None:
    """A view says which methods it has."""
    response = await client.put("/api/posts/1")
    assert response.status == 405
    assert response.headers["Allow"] == "DELETE,GET,HEAD"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json", "application/json"),
        ("text/html;q=0.4, text/plain;q=0.8", "text/plain"),
        ("image/avif, text/html, */*;q=0.1", "text/html"),
    ],
)
async def test_one_address_three_formats(client: Client, accept: str, kind: str) -> None:
    """GET /posts/1 comes as the client likes it."""
    response = await client.get("/posts/1", headers={"Accept": accept})
    assert (response.status, response.content_type) == (200, kind)
    assert response.headers["Vary"] == "Accept"


async def test_no_format_is_left(client: Client) -> None:
    """GET /posts/1 as a picture is 406; a post that is not there stays 404."""
    for path, status in ("/posts/1", 406), ("/posts/9", 404):
        response = await client.get(path, headers={"Accept": "image/png"})
        assert response.status == status
