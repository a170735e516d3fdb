"""The parts that need no blog: choosing a format, the order of routes, the list of them."""

from typing import TYPE_CHECKING

import pytest

from .accept import best
from .app import create_app
from .order import create_app as create_order
from .routes_list import lines

if TYPE_CHECKING:
    from pytest_aiohttp.plugin import AiohttpClient


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("TEXT/Plain", "text/plain"),
        ("text/*;q=0.5, text/html;q=0.1", "text/plain"),
        ("text/html;q=0, */*", "text/plain"),
        ("text/html; level=1; q=0.3, text/plain;q=0.4", "text/plain"),
        ("text/html;q=nan, text/plain;q=5, */*;q=inf", None),
        ("text/html;q=", None),
        ("image/*", None),
        (";,=,;;q", None),
    ],
)
def test_best(accept: str, wanted: str | None) -> None:
    """The weights decide, the most exact entry first; nonsense weighs nothing."""
    assert best(accept, ["text/html", "text/plain"]) == wanted


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/wrong/7", "the book called 7"),
        ("/right/7", "book number 7"),
        ("/right/Emma", "the book called Emma"),
        ("/wrong/newest", "the newest book"),
        ("/right/newest", "the newest book"),
    ],
)
async def test_order(aiohttp_client: "AiohttpClient", path: str, wanted: str) -> None:
    """Order counts between two variable routes; a fixed one wins from any place."""
    client = await aiohttp_client(create_order())
    assert await (await client.get(path)).text() == wanted


def test_routes_list() -> None:
    """The list names method, path and handler of each route."""
    listed = [line.split() for line in lines(create_app())]
    assert ["HEAD", "/posts/{id}", "show"] in listed
    assert ["*", "/api/posts/{id}", "PostView"] in listed
