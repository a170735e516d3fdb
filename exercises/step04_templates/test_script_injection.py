"""Close the way in.

The guest book escapes, and still a stranger can make other people's browsers run a script:
in four lines of the template, and in the page that says thank you.
Find out why, line by line, and close each hole.
Whatever a guest typed is shown as it was typed; the link and the button keep working.
A site that is no `http://` or `https://` address gets no link, or is refused with 422.
"""

import html
import re
from html.parser import HTMLParser

import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=4, minutes=10, when="home")

STRING = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`""")
BLANK = "".join(map(chr, range(33)))
SITE = "https://www.python.org/?a=1&b=2"
RUNS = "What would run in the browser of whoever reads it:"
MARKUP = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    """'"><svg onload=alert(1)>""",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
)
"""It runs wherever nothing escapes it: between tags, or in an attribute with either quotes."""


TWICE = cause(
    what="What was typed is not shown letter by letter.",
    do="Take nothing out, and escape it once, where it is shown: `{{ … }}` does.",
)
GUARDED = cause(
    what="The link asks for something else than the beginning of the address.",
    do='Make a link of what begins with one of the two: `entry.site.startswith(("https://",'
    ' "http://"))`.',
)
BUTTON = cause(
    lambda came: "<button" in came[0],
    what="The name got out of the script of the button: the browser undoes the escaping first.",
    do="Let `tojson` write the string, between single quotes: `onclick='greet({{ entry.name |"
    " tojson }})'`.",
)


def runs(script):
    """Return whether alert(1) stands in a script where it would run: outside of a string."""
    return "alert(1)" in STRING.sub("", script)


class Page(HTMLParser):
    """A page as a browser reads it: its words, its links, and what would run."""

    def __init__(self, source):
        """Read the whole page."""
        super().__init__()
        self.words, self.links, self.buttons, self.runs, self.tag = "", [], [], [], ""
        self.around = ""
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        """Look at each attribute as a browser does."""
        self.tag = tag
        for name, value in attrs:
            plain = re.sub(r"[\t\r\n]", "", value or "").lstrip(BLANK).lower()
            risky = plain.startswith(("javascript:", "vbscript:", "data:"))
            if risky or name == "srcdoc" or (name.startswith("on") and runs(value or "")):
                self.runs.append(f"<{tag} {name}={value}>")
        if tag == "a":
            self.links.append(dict(attrs).get("href"))
        known = " ".join(value or "" for _, value in attrs)
        if tag == "article":
            self.around = known
        if tag == "button":  # its script may ask the article around it for the name
            self.buttons.append(f"{known} {self.around if 'closest(' in known else ''}")

    def handle_endtag(self, tag):
        """Leave a script."""
        self.tag = ""

    def handle_data(self, data):
        """Note the words, or what a script has of its own."""
        if self.tag == "script" and runs(data):
            self.runs.append(f"<script>{data}</script>")
        elif self.tag != "script":
            self.words += data


async def page_at(client, path, **query):
    """Return a page as a browser sees it."""
    response = await client.get(path, params=query)
    assert response.status == 200
    text = await response.text()
    return Page(text if response.content_type == "text/html" else html.escape(text))


async def signed(client, field, *values, **others):
    """Sign the guest book with each value of a field; return it as the next reader sees it."""
    for value in values:
        entry = {"name": "Eve", "site": SITE, "text": "I was here.", **others, field: value}
        response = await client.post("/", data=entry, allow_redirects=False)
        refused = entry["site"] != SITE and 400 <= response.status < 500
        assert response.status == 303 or refused
    return await page_at(client, "/")


@pytest.mark.hint(
    "`{{ … }}` escapes. Which word in one of the lines says: not here?",
    "`| safe` promises that the text is markup that you trust. Nobody can promise that of a guest.",
)
async def test_text(client):
    """A text with a script or a picture in it is shown, and nothing runs."""
    texts = *MARKUP, "1 < 2 & 3 > 2"
    page = await signed(client, "text", *texts)
    assert page.runs == [], RUNS | cause(
        what="The text of the guest became markup of the page.",
        do="Take `| safe` away: `{{ entry.text }}` escapes it.",
    )
    for text in texts:
        assert text in page.words, TWICE


@pytest.mark.hint(
    "A space ends an attribute that has no quotes, and a space needs no escaping.",
    'Put quotes around the value: `data-name="{{ entry.name }}"`.',
)
async def test_attribute(client):
    """A name cannot add an attribute or an element of its own."""
    names = "Eve onmouseover=alert(1)", "Eve autofocus onfocus=alert(1) tabindex=1", *MARKUP
    page = await signed(client, "name", *names)
    assert page.runs == [], RUNS | (
        BUTTON
        | cause(
            what="The name ended the attribute that it stands in.",
            do='Put quotes around it, and take `| safe` away: `data-name="{{ entry.name }}"`.',
        )
    )
    for name in names:
        assert name in page.words, TWICE


@pytest.mark.hint(
    "`javascript:alert(1)` has nothing in it that escaping would change.",
    "Do not look for what is bad, there are too many spellings: let through what is good.",
    '`{% if entry.site.startswith(("https://", "http://")) %}` … `{% endif %}` around the link.',
)
async def test_link(client):
    """A web address is a link, and nothing but that; javascript: in any spelling runs nothing."""
    good = SITE, "http://example.org/log"
    other = "ftp://example.org/", "www.python.org", "httpx://example.org/", "/thanks"
    links = (await signed(client, "site", *good, *other)).links
    for site in good:
        assert site in links, f"A good address is still a link: {site}" | GUARDED
    for site in other:
        assert site not in links, f"{site} must be no link." | GUARDED
    page = await signed(
        client,
        "site",
        *(f"https://example.org/{markup}" for markup in MARKUP),
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "javajavascript:script:alert(1)",
        "\x01javascript:alert(1)//http://",
        "data:text/html,<script>alert(1)</script>",
    )
    assert page.runs == [], (
        RUNS
        | cause(
            lambda came: " href=" in came[0],
            what="The address of a link is a script.",
            do="Let through what is good: make a link only of what begins with `https://` or"
            " with `http://`.",
        )
        | cause(
            what="The address ended the attribute that it stands in.",
            do='Write `href="{{ entry.site }}"`, in quotes and without `| safe`.',
        )
    )


@pytest.mark.hint(
    "The browser undoes the escaping before it runs `onclick`: `&#39;` is a quote again.",
    "`{{ entry.name | tojson }}` writes a string of JavaScript, its quotes included.",
    "`tojson` has double quotes in it, so the attribute needs single ones: `onclick='greet(…)'`.",
)
async def test_button(client):
    """A name cannot break out of the string in the button's script."""
    names = (
        "Eve');alert(1);('",
        'Eve");alert(1);("',
        "Eve\\');alert(1);//",
        "${alert(1)}`+alert(1)+`",
        "x onclick=alert(1) y",
    )
    page = await signed(client, "name", *names)
    assert page.runs == [], RUNS | BUTTON
    for name in names:
        assert name in page.words, TWICE


@pytest.mark.hint(
    "A page made by hand is not escaped by anybody but you.",
    "`escape` is imported already: `escape(name)` in the f-string. A template does it as well.",
)
async def test_thanks(client):
    """GET /thanks?name=… thanks by name, and runs nothing."""
    for name in *MARKUP, "O'Hara & Sons":
        page = await page_at(client, "/thanks", name=name)
        assert page.runs == [], RUNS | cause(
            what="The page of thanks is made by hand, and nobody escapes the name in it.",
            do="Write `escape(name)` into it.",
        )
        assert name in page.words, cause(
            what="The name is not shown letter by letter.",
            do="Take nothing out of it, and escape it once, in the page: `escape(name)`.",
        )


@pytest.mark.hint(
    "Escape once, where it is shown: what is escaped twice shows `&amp;` to the reader.",
    "The button still greets by name, and a good address is still a link.",
)
async def test_still_works(client):
    """An honest guest finds everything in its place, letter by letter."""
    page = await signed(client, "name", "O'Hara & Sons", text='5 > 4, "isn\'t it"?')
    typed = ["O'Hara & Sons", '5 > 4, "isn\'t it"?', SITE]
    assert [text for text in typed if text in page.words] == typed, (
        "What was typed, as shown:" | TWICE
    )
    assert SITE in page.links
    greets = re.sub(r"\\u(\w{4})", lambda code: chr(int(code[1], 16)), " ".join(page.buttons))
    assert "O'Hara & Sons" in greets, "The button must still know the name." | cause(
        what="The button has another name in it, or none.",
        do="Hand `greet` the name of the entry: `{{ entry.name | tojson }}`.",
    )
    assert page.runs == [], RUNS
