"""The pages: links, forms, redirects, and what strangers send."""

from io import BytesIO

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from .app import LARGEST_FORM
from .templating import paragraphs

Client = TestClient[web.Request, web.Application]
POST = {"title": "On loops", "text": "A loop waits.", "owner": "Grace"}
EDIT = {"title": "On waiting", "text": "A loop waits.", "editor": "Alan"}
FORM = "application/x-www-form-urlencoded"
SCRIPT = "<script>alert(1)</script>"


async def page(client: Client, path: str) -> str:
    """Return a page that must be there."""
    response = await client.get(path)
    assert (response.status, response.content_type) == (200, "text/html")
    return await response.text()


async def test_list_newest_first(client: Client) -> None:
    """GET / links to every post, the newest first."""
    text = await page(client, "/")
    assert '<a href="/1">Notes on the Analytical Engine</a>' in text
    assert text.index("moth") < text.index("Engine")


async def test_list_has_pages(client: Client) -> None:
    """Older posts are one link away; the last page has no such link."""
    for _ in range(9):
        await client.post("/api/posts", json=POST)
    text = await page(client, "/")
    assert text.count("<article>") == 10
    assert 'href="/?offset=10"' in text
    text = await page(client, "/?offset=10")
    assert "Engine" in text
    assert "Older" not in text


async def test_empty_blog(client: Client) -> None:
    """A blog without posts says so."""
    for number in 1, 2:
        await client.post(f"/{number}/delete")
    assert "Nobody has written" in await page(client, "/")


async def test_form_leads_to_the_new_post(client: Client) -> None:
    """POST /new answers 303; the page that follows shows the post."""
    response = await client.post("/new", data=POST, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/3")
    text = await page(client, "/3")
    assert "<h1>On loops</h1>" in text
    assert "by Grace" in text


async def test_edit_shows_and_changes(client: Client) -> None:
    """The form comes filled in; what was changed is shown, with who did it."""
    assert "Notes on the Analytical Engine" in await page(client, "/1/edit")
    response = await client.post("/1/edit", data=EDIT, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/1")
    text = await page(client, "/1")
    assert "On waiting" in text
    assert "by Ada, edited by Alan" in text


async def test_delete_is_for_good(client: Client) -> None:
    """POST /1/delete answers 303; the post is gone from pages and API."""
    response = await client.post("/1/delete", allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/")
    assert (await client.get("/1")).status == 404
    assert (await client.get("/api/posts/1")).status == 404
    assert (await client.post("/1/delete")).status == 404


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_looking_deletes_nothing(client: Client, method: str) -> None:
    """Following a link to /1/delete is a 405 and changes nothing."""
    assert (await client.request(method, "/1/delete")).status == 405
    assert (await client.get("/1")).status == 200


@pytest.mark.parametrize("field", ["title", "text", "owner"])
async def test_what_was_typed_is_kept(client: Client, field: str) -> None:
    """A faulty form comes back as 422 with the reason and all that was typed."""
    typed = POST | {field: " "}
    response = await client.post("/new", data=typed)
    assert (response.status, response.content_type) == (422, "text/html")
    text = await response.text()
    assert f"{field} must be text" in text
    assert all(value in text for value in typed.values())
    assert (await client.get("/3")).status == 404


async def test_edit_keeps_what_was_typed(client: Client) -> None:
    """A faulty edit comes back and leaves the post as it was."""
    response = await client.post("/1/edit", data=EDIT | {"editor": "../x"})
    assert response.status == 422
    text = await response.text()
    assert "editor must be letters" in text
    assert "On waiting" in text
    assert "Analytical" in await page(client, "/1")


@pytest.mark.parametrize("path", ["/new", "/1/edit"])
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", FORM, 422),
        (b"title=%FF&text=%ED%A0%80&owner=%00", FORM, 422),
        (b"title=a&title=b&text[]=x", FORM, 422),
        (b"title=\xff", FORM, 400),
        (b"title=a", FORM + "; charset=klingon", 415),
        (b"title=a", FORM + "; charset=utf-7", 415),
        (b"a&" * 1001, FORM, 413),
        (b"a" * LARGEST_FORM + b"a", FORM, 413),
        (b"{}", "application/json", 415),
    ],
)
async def test_strange_forms(
    client: Client, path: str, body: bytes, kind: str, status: int
) -> None:
    """No form, however strange, is a 500 or changes anything."""
    before = await (await client.get("/api/posts")).json()
    response = await client.post(path, data=BytesIO(body), headers={"Content-Type": kind})
    assert response.status == status
    assert await (await client.get("/api/posts")).json() == before


@pytest.mark.parametrize(
    "path", ["/99", "/99/edit", "/01", "/favicon.ico", "/static/x", "/static/../app.py"]
)
async def test_friendly_404(client: Client, path: str) -> None:
    """What is not there is a page with a way back."""
    response = await client.get(path)
    assert (response.status, response.content_type) == (404, "text/html")
    assert '<a href="/">All posts</a>' in await response.text()
    assert (await client.get("/api" + path)).content_type == "application/json"


async def test_edit_of_a_missing_post(client: Client) -> None:
    """A form for a post that is gone is a 404."""
    assert (await client.post("/99/edit", data=EDIT)).status == 404


@pytest.mark.parametrize("field", ["title", "text"])
async def test_markup_stays_text(client: Client, field: str) -> None:
    """A script that was typed is shown, never run: on no page."""
    await client.post("/new", data=POST | {field: SCRIPT + "\n\n" + '"><img src=x>'})
    texts = [await page(client, path) for path in ("/", "/3", "/3/edit")]
    texts.append(await (await client.post("/new", data={field: SCRIPT})).text())
    for text in texts:
        assert "&lt;script&gt;" in text
        assert "<script" not in text
        assert "<img src=x" not in text


async def test_static_files_have_versions(client: Client) -> None:
    """The style sheet's address changes with its content, and can be fetched."""
    text = await page(client, "/")
    address = text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert address.startswith("/static/blog.css?v=")
    response = await client.get(address)
    assert (response.status, response.content_type) == (200, "text/css")
    assert "immutable" in response.headers["Cache-Control"]
    for other in "/static/blog.css", "/static/blog.css?v=old":
        assert "immutable" not in (await client.get(other)).headers.get("Cache-Control", "")


def test_paragraphs() -> None:
    """Blank lines part paragraphs; markup in them is escaped."""
    assert paragraphs("a\r\n\r\nb\nc\n \n\n<d>") == "<p>a</p>\n<p>b\nc</p>\n<p>&lt;d&gt;</p>"
