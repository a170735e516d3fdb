"""Make short links.

A long address goes in, a short path comes out and leads there.
`POST /links` with a form field `url` keeps the address.
It answers 201; the header `Location` holds the path of the link, made from the route's name.
`GET` on that path redirects to the address with 302.
A link that was never given is a 404.
Only `http` and `https` addresses with a host are taken; anything else is a 400.
The links must be right as well when the app is part of another one, below a path such as `/short`.
"""

import pytest
from aiohttp import web
from yarl import URL

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=3, minutes=10, when="home")


async def shorten(client, address, path="/links"):
    """Return the address of a new link."""
    response = await client.post(path, data={"url": address}, allow_redirects=False)
    assert response.status == 201, cause(
        200,
        what="An answer has the status 200, unless it is given another.",
        do="Give `status=201` to `web.Response`.",
    ) | cause(
        *(301, 302, 303, 307, 308),
        what="This answer leads on to the link at once, in place of telling where it is.",
        do="Return a `web.Response` with `status=201` and the header Location.",
    )
    assert "Location" in response.headers, "The answer to POST must have a header Location."
    return response.url.join(URL(response.headers["Location"])).relative()


@pytest.mark.hint(
    "`safe(await read_url(request))` is the address. Append it to the list of links.",
    'A route with `name="link"` is found by `request.app.router["link"]`.',
    "`url_for(number=...)` makes its path; the number must be a string.",
)
async def test_create(client):
    """POST /links answers 201, with the path of the link in Location."""
    first = await shorten(client, "https://docs.aiohttp.org/")
    second = await shorten(client, "https://www.python.org/")
    assert first != second, "Two addresses need two links." | cause(
        what="The second address got the link of the first one.",
        do="Append each to the list; its number is then the length of the list.",
    )


@pytest.mark.hint(
    '`int(request.match_info["number"])` is the number of the link.',
    "A redirect is raised, not returned: `raise web.HTTPFound(...)`.",
    "The first link has number 1, and the first address of the list has index 0.",
)
async def test_follow(client):
    """GET on a link answers 302 with its own address in Location."""
    wanted = ["https://docs.aiohttp.org/en/stable/?q=web#top", "http://www.python.org/"]
    links = [await shorten(client, address) for address in wanted]
    for link, address in zip(links, wanted, strict=True):
        response = await client.get(link, allow_redirects=False)
        assert response.status == 302, cause(
            *(301, 308),
            what="This redirect is for good: a browser remembers it, and does not ask again.",
            do="`raise web.HTTPFound(…)`, which is for now.",
        )
        assert response.headers["Location"] == address, cause(
            wanted[1],
            when=address == wanted[0],
            what="Link 1 leads to the second address: a list begins with index 0.",
            do="Take the index `number - 1`.",
        )


@pytest.mark.hint(
    "A list that is asked for too much raises IndexError, and that is a 500.",
    "`raise web.HTTPNotFound()` when the number is larger than the list is long.",
)
async def test_unknown_link(client):
    """A link that was never given is a 404."""
    for path in "/l/999", "/l/1":
        response = await client.get(path, allow_redirects=False)
        assert response.status == 404


@pytest.mark.hint(
    "A browser runs what comes after `javascript:`. `url.scheme` is what stands before the colon.",
    "`url.host` is None or empty where there is no host.",
    "Does `create` call `safe`? In there, `raise web.HTTPBadRequest(text=...)`.",
)
async def test_refuses(client):
    """An address that is not http or https, or has no host, is a 400 with a reason."""
    bad = ["javascript:alert(1)", "data:text/html,hi", "ftp://example.org/", "//example.org/"]
    for address in [*bad, "https:///path", "/links", "http://[::1", ""]:
        response = await client.post("/links", data={"url": address}, allow_redirects=False)
        assert response.status == 400, (
            f"{address!r} must be refused with 400."
            | cause(
                201,
                when=address == "https:///path",
                what="The scheme is a good one, and no host follows.",
                do="Refuse in `safe` an address without `url.host`, too.",
            )
            | cause(
                201,
                what="An address was taken that leads to no web page.",
                do="Let `create` call `safe`, and refuse there what is neither http nor https.",
            )
        )
        assert await response.text()


@pytest.mark.hint(
    "Somewhere a path is put together by hand. Below another app it starts with more than `/l/`.",
    "`url_for` of the named route knows the whole path, wherever the app is mounted.",
)
async def test_mounted_elsewhere(app, aiohttp_client):
    """Mounted below /short, the app gives links that start with /short."""
    outer = web.Application()
    outer.add_subapp("/short", app)
    client = await aiohttp_client(outer)
    link = await shorten(client, "https://www.python.org/", path="/short/links")
    response = await client.get(link, allow_redirects=False)
    assert response.status == 302, f"{link} does not lead anywhere." | cause(
        404,
        when=not link.path.startswith("/short/"),
        what="The path of the link lacks what stands before it: the app is mounted below /short.",
        do='Let the route make it: `request.app.router["link"].url_for(number=…)`.',
    )
    assert response.headers["Location"] == "https://www.python.org/"
