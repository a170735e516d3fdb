"""Page through a list.

`GET /api/archive` answers `{"posts": [...], "next": ...}`, a page of the posts at a time.

- `order` is `newest` or `title`; without it the newest post comes first.
- `limit` says how many at most, from 1 to 50; without it 3.
- `offset` says how many are left out before; without it none.
- `next` is the path of the next page, in the same order and of the same size; null on the last.

Anything else in `order`, `limit` or `offset` is a 400 whose reason names it.
"""

import pytest
from yarl import URL

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=4, minutes=12, when="home")

TITLES = ["On waiting", "Can machines think?", "Five looms"]
NEWEST = [5, 4, 3, 2, 1]
BY_TITLE = [2, 4, 5, 1, 3]


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    """A database of its own for each check."""
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path))


@pytest.fixture
async def blog(client):
    """A blog with five posts: the two of the beginning and three more."""
    for title in TITLES:
        await client.post("/api/posts", json={"title": title, "text": "…", "owner": "Ada"})
    return client


async def page_of(blog, address):
    """Return the numbers on a page, and the address of the next one."""
    response = await blog.get(address)
    assert response.status == 200
    match await response.json():
        case {"posts": list(posts), "next": after}:
            return [p["id"] for p in posts], after and response.url.join(URL(after)).relative()
    raise AssertionError('Every page is {"posts": [...], "next": ...}, with null as the last next.')


@pytest.mark.hint(
    '`request.query.get("order", "newest")` is the order, and `SQL[order]` its statement.',
    "`await store.fetch(db, SQL[order], values)` gives the posts, in a transaction.",
    "SQL promises no order unless it is told one: `ORDER BY id DESC` is the highest number first.",
)
async def test_orders(blog):
    """The newest post comes first, or with order=title the first by title."""
    for query, numbers in ("", NEWEST), ("order=newest&", NEWEST), ("order=title&", BY_TITLE):
        came, _ = await page_of(blog, f"/api/archive?{query}limit=50")
        assert came == numbers, cause(
            [1, 2, 3, 4, 5],
            what="The posts stand in the order of their numbers: the statement for this order says"
            " no other, or another was asked.",
            do="Write `ORDER BY id DESC` for the newest, `ORDER BY title` for the titles; ask"
            " `SQL[order]`.",
        )


@pytest.mark.hint(
    '`number_of(request, "limit", default=3, among=range(1, 51))` reads a number and refuses'
    " what is none.",
    "SQL counts for you: `LIMIT :limit OFFSET :offset` at the end of the statement.",
)
async def test_limit_and_offset(blog):
    """A page has 3 posts, or as many as limit says, and offset leaves some out before."""
    for query, numbers in ("", NEWEST[:3]), ("?limit=1", NEWEST[:1]), ("?offset=3", NEWEST[3:]):
        came, _ = await page_of(blog, f"/api/archive{query}")
        assert came == numbers, (
            cause(
                lambda came: len(came) == len(numbers) + 1,
                what="The post that only tells of another page is shown as well.",
                do="Show `listed[:limit]`.",
            )
            | cause(
                lambda came: sorted(came) != sorted(numbers) and len(came) == len(numbers),
                what="A page was cut out first, and then sorted.",
                do="Let SQL do both, in this order: `ORDER BY … LIMIT :limit OFFSET :offset`.",
            )
            | cause(
                when="offset" in query,
                what="The offset is a number of posts; it was taken for something else.",
                do="Hand it over as it came: `OFFSET :offset`.",
            )
        )
    came, after = await page_of(blog, "/api/archive?offset=100")
    assert came == []
    assert after is None, "Behind the last post there is no next page."


@pytest.mark.hint(
    "`request.rel_url.with_query(...)` is this address with another query.",
    "`next` needs the order and the limit as well, not the offset alone.",
)
async def test_next(blog):
    """Whoever follows `next` sees every post once, in the order that was asked for."""
    for order, numbers in ("newest", NEWEST), ("title", BY_TITLE):
        came, address = [], f"/api/archive?order={order}&limit=2"
        while address and len(came) < len(numbers):
            page, address = await page_of(blog, address)
            came.append(page)
        message = f"The ids of each page, from ?order={order}&limit=2 on along `next`:"
        assert came == [numbers[:2], numbers[2:4], numbers[4:]], (
            message
            | cause(
                lambda came: (
                    bool(came) and len(came[0]) == 2 and {len(page) for page in came} != {2, 1}
                ),
                what="The link to the next page has lost the limit.",
                do="`request.rel_url.with_query(order=order, limit=limit, offset=offset + limit)`.",
            )
            | cause(
                lambda came: came[0] == numbers[:2] and came[1] != numbers[2:4],
                what="The link to the next page has lost the order, or its offset is another.",
                do="`request.rel_url.with_query(order=order, limit=limit, offset=offset + limit)`.",
            )
        )


@pytest.mark.hint(
    "A full page may be the last one. Only one more post tells that there is another page.",
    "Ask the database for `limit + 1` posts, show `limit` of them, and look whether one was left.",
)
async def test_last_page(blog):
    """On the last page next is null, even if the page is full."""
    for query in "limit=5", "limit=2&offset=3", "limit=3&offset=2":
        _, after = await page_of(blog, f"/api/archive?{query}")
        assert after is None, f"?{query} has the last posts, and next is {after}." | cause(
            what="A full page was taken for one with another behind it.",
            do="Ask for `limit + 1` posts: there is a next page when more than `limit` came.",
        )


@pytest.mark.hint(
    "`range(1, 51)` are the numbers from 1 to 50; `number_of` refuses all others.",
    "Is the order one of the keys of `SQL`? If not: `raise web.HTTPBadRequest(text=...)`.",
)
async def test_bad_values(blog):
    """A limit, an offset or an order that makes no sense is a 400 whose reason names it."""
    bad = {
        "limit": ["0", "51", "-1", "many", "1.5", ""],
        "offset": ["-1", "x", ""],
        "order": ["id", "", "title;--", "title DESC"],
    }
    for name, values in bad.items():
        for value in values:
            response = await blog.get("/api/archive", params={name: value})
            assert response.status == 400, (
                f"{name}={value!r} came back {response.status}."
                | cause(
                    when=name == "order" and response.status == 200,
                    what="An order that there is not was taken.",
                    do="Unless it is one of the keys of `SQL`, raise `web.HTTPBadRequest`.",
                )
                | cause(
                    when=response.status == 200,
                    what="A number was taken that makes no sense here.",
                    do='Let `number_of(request, "…", default=…, among=range(…))` refuse it: a limit'
                    " is"
                    " among `range(1, 51)`.",
                )
            )
            assert name in await response.text(), f"The reason must say that {name} is bad."
