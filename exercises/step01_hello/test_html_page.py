"""Answer with HTML.

Make two pages for a browser:

- `GET /` shows the page `INDEX`, as HTML.
- `GET /about` shows the page `ABOUT`, as HTML; its heading is `<h1>About</h1>`.
- Whoever asks next is answered alike.

Then open both in a browser: the link on the front page leads to the second.
"""

import re

import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=2, minutes=7, when="room")


def heading(page):
    """Return what stands between <h1> and </h1>."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.IGNORECASE | re.DOTALL)
    return found[1].strip() if found else ""


@pytest.mark.hint(
    "Plain text is only what `web.Response` assumes. Tell it the content type.",
    '`web.Response` takes `content_type="text/html"` beside `text=`.',
)
async def test_front_page_is_html(client):
    """GET / answers 200 with the content type text/html."""
    response = await client.get("/")
    assert response.status == 200
    assert response.content_type == "text/html"


@pytest.mark.hint(
    "The page itself is the text of the answer.",
    "Give `text=INDEX` to the response, unchanged.",
)
async def test_front_page_heading(client):
    """The heading of the front page is "The blog"."""
    for _ in range(2):
        response = await client.get("/")
        assert response.status == 200
        page = await response.text()
        assert heading(page) == "The blog", cause(
            when="&lt;h1" in page,
            what="The page was escaped: a browser shows its tags as text.",
            do="Send `INDEX` as it is: it is your own page, and means its tags.",
        ) | cause(
            "",
            what="There is no `<h1>` in what was sent.",
            do="Send `text=INDEX`, which has the heading in it.",
        )


@pytest.mark.hint(
    "A 404 says that no route leads to `/about`. The list in `create_app()` needs a second one.",
    'Add `web.get("/about", about)`: the handler\'s name, without parentheses.',
    "A 501 comes from the stub's own line in `about`: answer as `index` does, with `ABOUT`.",
)
async def test_about_is_html(client):
    """GET /about answers 200 with the content type text/html."""
    response = await client.get("/about")
    assert response.status == 200
    assert response.content_type == "text/html"


@pytest.mark.hint(
    "Does `about` send its own page, and does that page have a heading?",
    "`ABOUT` may look just like `INDEX`, with the line `<h1>About</h1>` in it.",
)
async def test_about_heading(client):
    """The heading of /about is "About"."""
    for _ in range(2):
        response = await client.get("/about")
        assert response.status == 200
        assert heading(await response.text()) == "About", cause(
            "The blog",
            what="This is the front page once more.",
            do="Send `text=ABOUT` from the handler `about`.",
        ) | cause(
            "",
            what="The page has no heading.",
            do="Write `<h1>About</h1>` into `ABOUT`, and send that.",
        )
