"""Turn the pages.

`GET /` shows five titles at a time; `?page=2` is the second page.
A link with `rel="prev"` leads to the page before, one with `rel="next"` to the page after.
The first page has no link back, the last one none forward.
The links keep the rest of the query, such as the word that is searched for.
A page that is not there is a 404, whatever stands in place of its number.
Where nothing is found there is one page, and it is empty.
"""

from html.parser import HTMLParser

import pytest
from yarl import URL

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=5, minutes=15, when="stretch")


NO_LINK = cause(
    lambda came: len(came) == 1,
    what="The page has no link with this `rel`.",
    do='Write `<a rel="…" href="{{ … }}">`: `rel` says where a link leads to.',
)
COUNT = cause(
    404,
    what="A page that is there was refused.",
    do="Count the pages with `max(1, math.ceil(len(found) / SIZE))`.",
)
CUT = "Page 1 begins at 0, page 2 at 5: `found[(number - 1) * SIZE : number * SIZE]`."


class Page(HTMLParser):
    """A page as a browser reads it: the titles, and the links by their rel."""

    def __init__(self, source, url):
        """Read the whole page, which came from that address."""
        super().__init__()
        self.titles, self.links, self.url, self.tag = [], {}, url, ""
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        """Note a link, or begin a title."""
        given = dict(attrs)
        self.tag = tag
        if tag == "a" and given.get("rel") and given.get("href"):
            self.links[given["rel"]] = self.url.join(URL(given["href"])).relative()
        if tag == "li":
            self.titles.append("")

    def handle_endtag(self, tag):
        """End it."""
        self.tag = ""

    def handle_data(self, data):
        """Note the words of a title."""
        if self.tag == "li":
            self.titles[-1] += data


async def page_at(client, address, link=""):
    """Return a page that must be there; a link that leads elsewhere must not."""
    response = await client.get(address)
    assert not link or response.status == 200, (
        f"There is no page {address}, and yet {link} leads there: it is a {response.status}."
        | cause(
            what="A link leads to a page that is not there.",
            do="Let `link` return None for a number below 1 or above the last.",
        )
    )
    assert response.status == 200, COUNT
    assert response.content_type == "text/html"
    return Page(await response.text(), response.url)


async def walk(client, address, rel):
    """Follow the links to the end; return the titles of each page on the way."""
    found, link = [], ""
    while address is not None and len(found) < 10:
        page = await page_at(client, address, link)
        found.append(page.titles)
        link = f'the link with rel="{rel}" on {address}'
        address = page.links.get(rel)
    return found


def notes(letters):
    """Return the titles with these letters."""
    return [f"Note {letter}" for letter in letters]


@pytest.mark.hint(
    '`page_number` comes first: `int(request.query.get("page", "1"))` is a beginning.',
    "How many pages are there? `math.ceil(len(found) / SIZE)`, and one at least.",
    "Page 1 is `found[0:5]`, page 2 `found[5:10]`: begin at `(number - 1) * SIZE`.",
)
async def test_pages(client):
    """GET / shows the first five titles, ?page=2 the next five, ?page=3 what is left."""
    for address, letters in ("/", "ABCDE"), ("/?page=2", "FGHIJ"), ("/?page=3", "KL"):
        assert (await page_at(client, address)).titles == notes(letters), cause(
            lambda came: len(came) > 5, what="The page has more than five titles.", do=CUT
        ) | cause(what="The page begins or ends at another title.", do=CUT)


@pytest.mark.hint(
    "`request.rel_url.update_query(page=2)` is the address that was asked for, with another page.",
    'In the template: `{% if after %}<a rel="next" href="{{ after }}">Next</a>{% endif %}`.',
    "The last page has no next one: `link` gives `None` for a number that is too large.",
)
async def test_next(client, exercise):
    """The links with rel="next" lead from / through every page, and end at the last."""
    again = cause(
        lambda came: came[-1] == came[-2],
        what="The link leads to the page on which it stands.",
        do="`request.rel_url.update_query(page=…)` replaces the old number.",
    )
    assert await walk(client, "/", "next") == [notes("ABCDE"), notes("FGHIJ"), notes("KL")], (
        NO_LINK | again
    )
    client.app[exercise.TITLES][:] = notes("ABCDEFGHIJ")
    assert await walk(client, "/", "next") == [notes("ABCDE"), notes("FGHIJ")], cause(
        lambda came: came[-1] == [],
        what="The last page is empty: ten titles make two pages.",
        do="Count the pages with `max(1, math.ceil(len(found) / SIZE))`.",
    )


@pytest.mark.hint(
    "The way back is made as the way on. Which number has it, and when is there none?",
    'Like the link to the next page, with `rel="prev"` and `number - 1`.',
    '`{% if before %}<a rel="prev" href="{{ before }}">Back</a>{% endif %}`',
)
async def test_prev(client):
    """The links with rel="prev" lead back from the last page, and end at the first."""
    back = await walk(client, "/?page=3", "prev")
    assert back == [notes("KL"), notes("FGHIJ"), notes("ABCDE")], NO_LINK


@pytest.mark.hint(
    "A query put together by hand loses what you did not think of. `update_query` keeps the rest.",
    "`{{ … }}` in an attribute with quotes is escaped as it must be.",
)
async def test_keeps_the_query(client, exercise):
    """The links keep the rest of the query: the word, and names that come twice."""
    client.app[exercise.TITLES][:] = [f'R&D "{n}" <b>' for n in range(12)] + notes("ABCDEF")
    asked = URL("/").with_query([("word", '&d "'), ("tag", "a"), ("page", "2"), ("tag", "b")])
    page = await page_at(client, asked)
    assert page.titles == [f'R&D "{n}" <b>' for n in range(5, 10)]
    for rel, number in ("prev", "1"), ("next", "3"):
        assert rel in page.links, f'There is no link with rel="{rel}".'
        query = page.links[rel].query
        assert {name: query.getall(name) for name in query} == {
            "word": ['&d "'],
            "tag": ["a", "b"],
            "page": [number],
        }, (
            cause(
                lambda came: "word" not in came,
                what="The link has lost the rest of the query.",
                do="`request.rel_url.update_query(page=…)` keeps it.",
            )
            | cause(
                lambda came: came.get("word") == ['&d "'] and "tag" in came,
                what="Of a name that comes twice, the link keeps one.",
                do="`request.rel_url.update_query(page=…)` keeps both; a dictionary has one.",
            )
            | cause(
                what="The query came apart: a value was not quoted, or the link has no quotes.",
                do="Let `request.rel_url.update_query(page=…)` make the address; put it in quotes:"
                ' `href="{{ … }}"`.',
            )
        )


@pytest.mark.hint(
    "Python slices forgive: a page too far is an empty list. Ask whether there is such a page.",
    "`²` is a digit for `isdigit`, but `int` refuses it: an error, and so a 500.",
    '`re.fullmatch("[1-9][0-9]{0,8}", text)` lets only good numbers through.',
)
async def test_no_such_page(client):
    """A page that is not there is a 404: 0, 4, -1, x, nothing, a very long number."""
    for number in "0", "4", "-1", "x", "", "1.5", "²", "9" * 5000:
        response = await client.get("/", params={"page": number})
        assert response.status == 404, (
            f"page={number[:9]} must be a 404, not {response.status}."
            | cause(
                400,
                what="400 says that the request cannot be understood.",
                do="Raise `web.HTTPNotFound`: such a page is not there.",
            )
            | cause(
                what="There is no such page, and the answer is another one.",
                do="Raise `web.HTTPNotFound` unless the text is a whole number from 1 to the last.",
            )
        )


@pytest.mark.hint(
    "How many pages do no titles make? The task says: one, and it is empty.",
    "`math.ceil(0 / 5)` is 0 pages, and page 1 is then too far: take `max(1, ...)`.",
)
async def test_nothing_found(client, exercise):
    """Where nothing is found, the first page is there, empty and without links."""
    page = await page_at(client, "/?word=moth")
    assert (page.titles, page.links) == ([], {})
    client.app[exercise.TITLES].clear()
    assert (await page_at(client, "/")).titles == []
    assert (await client.get("/?page=2")).status == 404
