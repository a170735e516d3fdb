"""Pages and forms, as a browser sees them."""

import pytest

from .people import POST, Browser, Client


async def test_list(client: Client) -> None:
    """The front page links to every post."""
    response = await client.get("/")
    assert response.status == 200
    assert response.content_type == "text/html"
    text = await response.text()
    assert '<a href="/1">Notes on the Analytical Engine</a>' in text


async def test_new_post(ada: Browser) -> None:
    """A form leads to the new post with 303, so that a reload sends nothing twice."""
    response = await ada.send("/new", **POST)
    assert (response.status, response.headers["Location"]) == (303, "/3")
    assert "<h1>On loops</h1>" in await ada.page("/3")


@pytest.mark.parametrize("field", ["title", "text"])
async def test_input_is_kept(ada: Browser, field: str) -> None:
    """A faulty form comes back with the reason and with what was typed."""
    response = await ada.send("/new", **POST | {field: " "})
    assert response.status == 422
    text = await response.text()
    assert f"{field} must be text" in text
    assert POST["text" if field == "title" else "title"] in text


async def test_edit_and_delete(ada: Browser) -> None:
    """What was changed is shown; what was deleted is gone."""
    assert "It weaves." in await ada.page("/1/edit")
    await ada.send("/1/edit", title="New", text="Newer")
    assert "<h1>New</h1>" in await ada.page("/1")
    await ada.send("/1/delete")
    assert "New is gone." in await ada.page("/")
    assert (await ada.client.get("/1")).status == 404


async def test_markup_stays_text(ada: Browser) -> None:
    """A script that somebody typed is shown, never run."""
    await ada.send("/new", title="<script>alert(1)</script>", text="<b>bold</b>")
    for path in "/", "/3", "/3/edit":
        text = await ada.page(path)
        assert "<script" not in text
        assert "&lt;script&gt;" in text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/99", 404),
        ("GET", "/01", 404),
        ("GET", "/favicon.ico", 404),
        ("GET", "/?offset=x", 400),
        ("GET", "/1/delete", 405),
        ("POST", "/login", 415),
    ],
)
async def test_errors_are_pages(client: Client, method: str, path: str, status: int) -> None:
    """Whatever goes wrong, people get a page, and the status says what it was."""
    response = await client.request(method, path)
    assert (response.status, response.content_type) == (status, "text/html")
    assert response.headers["X-Request-ID"] in await response.text()
