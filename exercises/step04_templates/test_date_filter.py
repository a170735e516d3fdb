"""Write a filter for days.

In a template, `{{ letter.written | day }}` is to give the day in words, such as `10 July 1843`,
inside an element that programs can read: `<time datetime="1843-07-10">`.
Write the filter `day`, give it to the templates under that name, and use it in `LIST`.
Where a day is not known, `written` is `None`; the page then says `no date`.
Everything else on the page is escaped, as before.
"""

from datetime import date
from html.parser import HTMLParser

import aiohttp_jinja2
import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=3, minutes=8, when="home")


class Page(HTMLParser):
    """A page as a browser reads it: its words, and its days with theirs."""

    def __init__(self, source):
        """Read the whole page."""
        super().__init__()
        self.words, self.days, self.inside = "", [], False
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        """Begin a day."""
        if tag == "time":
            self.inside = True
            self.days.append((dict(attrs).get("datetime"), ""))

    def handle_endtag(self, tag):
        """End it."""
        self.inside = self.inside and tag != "time"

    def handle_data(self, data):
        """Note the words, those of a day twice."""
        self.words += data
        if self.inside:
            machine, words = self.days[-1]
            self.days[-1] = machine, words + data


async def page_of(client, exercise, *letters):
    """Return the page that shows these letters, each a title and a day."""
    client.app[exercise.LETTERS][:] = [exercise.Letter(*letter) for letter in letters]
    response = await client.get("/")
    assert response.status == 200
    assert response.content_type == "text/html"
    return Page(await response.text())


@pytest.mark.hint(
    'A filter is a function; `setup` takes it as `filters={"day": day}`.',
    '`f"{value:%B %Y}"` is `July 1843`.',
    "In the template, `{{ letter.written | day }}`.",
)
async def test_words(client, exercise):
    """The page shows days in words, such as 10 July 1843 or 25 December 1990."""
    letters = ("Numbers", date(1843, 7, 10)), ("The web", date(1990, 12, 25))
    page = await page_of(client, exercise, *letters)
    for words in "10 July 1843", "25 December 1990":
        assert words in page.words, cause(
            when=f"{words[:6]} {words[-4:]}" in page.words,
            what="The month is cut short.",
            do="`%B` is the whole name of a month.",
        ) | cause(
            what="The page does not show this day in words.",
            do='Let `day` make them, `f"{value.day} {value:%B %Y}"`, and write'
            " `{{ letter.written | day }}` in the template.",
        )


@pytest.mark.hint(
    "One part of the day is written with two digits whatever it is.",
    "`%d` has two digits always: 09. `value.day` is a number, and a number is 9.",
    '`f"{value.day} {value:%B %Y}"`',
)
async def test_no_zero(client, exercise):
    """The ninth of September is 9 September, not 09."""
    page = await page_of(client, exercise, ("Moth", date(1947, 9, 9)))
    assert "9 September 1947" in page.words
    assert "09 September" not in page.words, cause(
        what="A day below ten has a zero in front.",
        do="Take `value.day`, which is a number; `%d` has two digits always.",
    )


@pytest.mark.hint(
    "What a filter returns is text, and text is escaped: the reader sees `<time>` spelled out.",
    "`markupsafe.Markup` says that something is markup already: return one.",
    "`Markup('<time datetime=\"{}\">{}</time>').format(value.isoformat(), words)`.",
)
async def test_time_element(client, exercise):
    """Each day is an element `<time>` with the day for programs in it."""
    letters = ("Numbers", date(1843, 7, 10)), ("Moth", date(1947, 9, 9))
    page = await page_of(client, exercise, *letters)
    wanted = [("1843-07-10", "10 July 1843"), ("1947-09-09", "9 September 1947")]
    assert page.days == wanted, (
        "The elements of the page, each with its datetime and its words:"
        | cause(
            [],
            when="<time" in page.words,
            what="The element was escaped, so a reader sees `<time>` spelled out.",
            do="Let `day` return `markupsafe.Markup`: that is not escaped.",
        )
        | cause(
            [],
            what="There is no element `<time>` on the page.",
            do="Let `day` return one: `Markup('<time datetime=\"{}\">{}</time>').format(…)`.",
        )
        | cause(
            lambda came: [words for _, words in came] == [words for _, words in wanted],
            what="`datetime` is for programs, which read no words.",
            do="Write `value.isoformat()` there.",
        )
    )


@pytest.mark.hint(
    "Ask first: `if value is None:` and below it `return` the words.",
    "There is no element `<time>` for a day that nobody knows.",
)
async def test_no_date(client, exercise):
    """A letter without a day says: no date."""
    page = await page_of(client, exercise, ("Thanks", None))
    assert "no date" in page.words
    assert "None" not in page.words
    assert page.days == []


@pytest.mark.hint(
    "The filter does the whole work by itself: no `| safe`, no `{% if %}` in the template.",
    'The name in `filters={"day": ...}` is the name that templates use.',
)
async def test_any_template(client):
    """{{ … | day }} does the same in every template of the app."""
    templates = aiohttp_jinja2.get_env(client.app)
    assert "day" in templates.filters, "The templates have no filter of this name." | cause(
        what="A template of this app that says `| day` ends in an error.",
        do='Hand the filter to `aiohttp_jinja2.setup`: `filters={"day": day}`.',
    )
    template = templates.from_string("{{ born | day }}, {{ died | day }}")
    page = Page(template.render(born=date(1815, 12, 10), died=None))
    message = "In a template that has nothing but {{ born | day }}, there is this element:"
    assert page.days == [("1815-12-10", "10 December 1815")], message | cause(
        [],
        when="<time" in page.words,
        what="What the filter returns is escaped, unless a template says `| safe`.",
        do="Let `day` return `markupsafe.Markup`, and take `| safe` out of the template.",
    )
    assert page.words == "10 December 1815, no date"


@pytest.mark.hint(
    "Escaping stays on: `autoescape=False` lets in whatever people type.",
    "Only the filter knows that its own element is meant; mark that one, and nothing else.",
)
async def test_titles_stay_text(client, exercise):
    """A title with markup in it is still shown letter by letter."""
    title = "<script>alert(1)</script> & more"
    page = await page_of(client, exercise, (title, date(1843, 7, 10)))
    assert title in page.words, cause(
        what="Markup in a title became a part of the page.",
        do="Leave the escaping on, and titles as they are: only what `day` returns is `Markup`.",
    )
