"""Show a list page.

Fill in the template `LIST` and the handler behind it.
`GET /` shows all posts, the newest first; the app keeps them the oldest first.
The title of each post is a link to its page, and its owner stands beside it.
Where there are no posts, the page says `Nobody has written anything yet.`
Whatever a title or a name holds, it is shown as text.
"""

from html.parser import HTMLParser

import pytest
from yarl import URL

from steps.step04_templates.posts import Post
from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=1, minutes=6, when="room")

ALAN = Post(3, "On loops", "A loop waits.", "Alan", "Alan")
MARY = Post(4, "On stars", "They are far.", "Mary", "Mary")
EMPTY = "Nobody has written anything yet."
LINKS = "The links to posts on the page, each with what stands in it:"
NO_LINKS = cause(
    [],
    what="No link on the page leads to a post.",
    do="Is the name behind `in` of the loop the key that the handler returns? Is each title inside"
    " of `<a href=\"{{ url('post', id=post.id) }}\">`?",
)
ONE_PAGE = cause(
    lambda came: 0 < len({path for path, _ in came}) < len(came),
    what="Several links lead to the same page.",
    do="Give `url` the number of the post of this round: `id=post.id`.",
)
NO_TITLE = cause(
    lambda came: {path for path, _ in came} >= {"/1", "/2"},
    what="A link does not have the title of its post in it.",
    do="Write `{{ post.title }}` between `<a …>` and `</a>`, braces included.",
)
WRITTEN_DOWN = cause(
    lambda came: [path for path, _ in came] == ["/1", "/2"],
    what="The page shows the posts of the beginning, not those that the app has now.",
    do="Go over the posts that the handler takes from `request.app[POSTS]`.",
)
OLDEST_FIRST = cause(
    lambda came: came == sorted(came),
    what="The posts stand as the app keeps them, the oldest first.",
    do="Let the handler return a copy that is turned round: `[::-1]`.",
)
MARKUP_LIVES = cause(
    lambda came: not any("&lt;" in title or "&amp;" in title for title in came),
    what="Markup in a title became a part of the page.",
    do="Leave the escaping to Jinja: no `| safe`, no `autoescape=False`, no page made by hand.",
)
ESCAPED_TWICE = cause(
    what="A title was escaped twice.",
    do="Hand it over as it is: `{{ post.title }}` escapes it.",
)


class Page(HTMLParser):
    """A page as a browser reads it: its words, and its links with theirs."""

    def __init__(self, source):
        """Read the whole page."""
        super().__init__()
        self.words, self.links, self.inside = "", [], False
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        """Begin a link."""
        if tag == "a":
            self.inside = True
            self.links.append((dict(attrs).get("href") or "", ""))

    def handle_endtag(self, tag):
        """End it."""
        self.inside = self.inside and tag != "a"

    def handle_data(self, data):
        """Note the words, those of a link twice."""
        self.words += data
        if self.inside:
            address, words = self.links[-1]
            self.links[-1] = address, words + data


async def front_page(client):
    """Return the page at / and its links to posts, as pairs of path and title."""
    response = await client.get("/")
    assert response.status == 200
    assert response.content_type == "text/html"
    page = Page(await response.text())
    links = [(response.url.join(URL(to)).path, words.strip()) for to, words in page.links]
    return page, [(path, title) for path, title in links if path[1:].isdigit()]


@pytest.mark.hint(
    "The handler returns the context, a dictionary; its keys are the names in the template.",
    'It may be `{"posts": ...}`, with the posts of the app.',
    "In the template, `{% for post in posts %}` … `{% endfor %}` goes over them.",
    "A link is `<a href=\"{{ url('post', id=post.id) }}\">{{ post.title }}</a>`.",
)
async def test_titles_are_links(client, exercise):
    """GET / has each title as a link to the page of that post."""
    known = [("/1", "Notes on the Analytical Engine"), ("/2", "A moth in relay 70")]
    _, links = await front_page(client)
    assert sorted(links) == known, LINKS | (NO_LINKS | ONE_PAGE | NO_TITLE)
    client.app[exercise.POSTS].append(ALAN)
    _, links = await front_page(client)
    assert sorted(links) == [*known, ("/3", "On loops")], LINKS | WRITTEN_DOWN


@pytest.mark.hint(
    "The list in the app has the oldest post first.",
    "`[::-1]` is a copy, turned round. `.reverse()` turns the list itself, again and again.",
)
async def test_newest_first(client, exercise):
    """The newest post comes first, however often the page is asked for."""
    for again in range(2):
        assert [path for path, _ in (await front_page(client))[1]] == ["/2", "/1"], (
            cause(
                when=again,
                what="The list of the app itself was turned round, and will be at each request.",
                do="Return a copy that is turned round, `[::-1]`, and leave the list alone.",
            )
            | OLDEST_FIRST
        )
    client.app[exercise.POSTS].extend([ALAN, MARY])
    assert [path for path, _ in (await front_page(client))[1]] == ["/4", "/3", "/2", "/1"]


@pytest.mark.hint(
    "Each post has an owner. Which name has the post inside the loop?",
    "Inside the loop, `{{ post.owner }}` is the owner of that post.",
    "Beside the link: `by {{ post.owner }}`.",
)
async def test_owners(client, exercise):
    """Each owner is named."""
    client.app[exercise.POSTS].append(ALAN)
    page, _ = await front_page(client)
    names = ["Ada", "Grace", "Alan"]
    assert [name for name in names if name in page.words] == names, (
        "The owners on the page:"
        | cause(
            what="The page does not name every owner.",
            do="Write `{{ post.owner }}` beside the title.",
        )
    )


@pytest.mark.hint(
    "`{{ post.title }}` escapes by itself: `<` becomes `&lt;`. That needs no help.",
    "`| safe` switches it off; `escape` in the handler as well does it twice.",
)
async def test_titles_stay_text(client, exercise):
    """A title or an owner with markup in it is shown letter by letter, and nothing of it runs."""
    titles = ["<script>alert(1)</script>", "Tom & Jerry", '<img src=x onerror="alert(1)">']
    client.app[exercise.POSTS][:] = [
        Post(number, title, "Text", f"<i>{title[::-1]}</i>", "Eve")
        for number, title in enumerate(titles, 1)
    ]
    page, links = await front_page(client)
    assert [title for _, title in sorted(links)] == titles, MARKUP_LIVES | ESCAPED_TWICE
    owners = [f"<i>{title[::-1]}</i>" for title in titles]
    assert [owner for owner in owners if owner in page.words] == owners, (
        "The owners, as shown:"
        | cause(
            what="The name of an owner is not shown letter by letter.",
            do="Write `{{ post.owner }}`, without `| safe` and without escaping it before.",
        )
    )


@pytest.mark.hint(
    "A `{% for %}` can have an `{% else %}`: it is used when there was nothing to go over.",
    "The sentence must stand there as the task has it.",
)
async def test_empty(client, exercise):
    """A blog without posts says so, and only then."""
    page, _ = await front_page(client)
    assert EMPTY not in page.words, cause(
        what="The page says that nobody has written anything, and it shows posts.",
        do="Put the sentence behind the `{% else %}` of the loop.",
    )
    client.app[exercise.POSTS].clear()
    page, _ = await front_page(client)
    assert EMPTY in page.words, cause(
        what="A blog without posts does not say so.",
        do="Between `{% else %}` and `{% endfor %}`, write the sentence just as the task has it.",
    )
