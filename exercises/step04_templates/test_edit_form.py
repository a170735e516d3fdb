"""Keep what was typed.

Fill in the form of `FORM` and the handler `change`, which takes it.
`GET /1/edit` shows the form with the title and the text of the post in it.
When what was sent is good, the answer is 303 to the page of the post, which has changed:
a `Post` is frozen, so a new one takes its place in `request.app[POSTS]`.
When it is not, `read_edit` says why: the form comes back as 422, with that reason,
and every field holds what was typed. The post stays as it was.
"""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from yarl import URL

pytestmark = pytest.mark.exercise(number=2, minutes=9, when="room")

GOOD = {"title": "On waiting", "text": "A loop waits.\nSo do I.", "editor": "Alan"}
FIELDS = "The fields of the form, as a browser reads them:"


class Form(HTMLParser):
    """The form of a page as a browser reads it: its method, and its fields with their values."""

    def __init__(self, source):
        """Read the whole page."""
        super().__init__()
        self.method, self.fields, self.words, self.inside = "none", {}, "", None
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        """Note the form and its fields."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.method = given.get("method", "get").lower()
        elif tag in {"input", "textarea"} and "name" in given:
            area = tag == "textarea"
            self.fields[given["name"]] = "" if area else given.get("value", "")
            self.inside = given["name"] if area else None

    def handle_endtag(self, tag):
        """Leave a text area; the first line break in it is not part of its value."""
        if tag == "textarea" and self.inside:
            typed = self.fields[self.inside].replace("\r\n", "\n")
            self.fields[self.inside] = typed.removeprefix("\n")
            self.inside = None

    def handle_data(self, data):
        """Note the words, those in a text area as its value."""
        if self.inside:
            self.fields[self.inside] += data
        else:
            self.words += data


async def send(client, **typed):
    """Send the form of post 1 and follow nothing."""
    return await client.post("/1/edit", data=typed, allow_redirects=False)


async def refused(client, **typed):
    """Send a form that is no good; return the one that comes back."""
    response = await send(client, **typed)
    assert response.status == 422
    assert response.content_type == "text/html"
    return Form(await response.text())


@pytest.mark.hint(
    'Without `method="post"` a browser sends a form by GET, and nothing changes.',
    'The value of an `<input>` is an attribute: `value="{{ values.title }}"`.',
    "The value of a `<textarea>` stands between its tags.",
)
async def test_form_is_filled_in(client, exercise):
    """GET /1/edit is a form to be sent by POST, with the post's title and text in it."""
    client.app[exercise.POSTS][2] = replace(exercise.GRACE, title='The "moth" & I')
    for path, title, text in (
        ("/1/edit", "Notes on the Analytical Engine", "It weaves patterns."),
        ("/2/edit", 'The "moth" & I', "First bug found."),
    ):
        response = await client.get(path)
        assert response.status == 200
        form = Form(await response.text())
        assert form.method == "post"
        assert form.fields | {"editor": ""} == {"title": title, "text": text, "editor": ""}, FIELDS


@pytest.mark.hint(
    "`fields = read_edit(form)` are the new ones. A post takes them as `Post(..., **fields)`.",
    "Put it into `request.app[POSTS]`, under `post.id`; its id and its owner stay as they were.",
    "A redirect is raised: `raise web.HTTPSeeOther(...)`. `url_for` wants `id=str(post.id)`.",
)
async def test_goes_on_to_the_post(client):
    """A good form is answered with 303, and Location is the post's page."""
    response = await send(client, **GOOD)
    assert response.status == 303
    assert "Location" in response.headers, "A redirect needs the header Location."
    assert response.url.join(URL(response.headers["Location"])).path == "/1"


@pytest.mark.hint(
    "A Post is frozen. What is kept must be another Post, in the place of the old one.",
    "`Post(id=post.id, owner=post.owner, **fields)` is the changed post: keep it under its id.",
    "`request.app[POSTS][post.id] = …`",
)
async def test_changes_the_post(client, exercise):
    """The post has the new title, text and editor; the other post is left alone."""
    assert (await send(client, **GOOD)).status == 303
    assert client.app[exercise.POSTS] == {
        1: replace(exercise.ADA, **GOOD),
        2: exercise.GRACE,
    }


@pytest.mark.hint(
    "`read_edit` raises ValueError. Its text is the reason: `str(error)`.",
    "Below `except ValueError as error:`, `return form_page(...)` with `form` and `status=422`.",
    "Does the template show `fault`?",
)
async def test_says_what_is_wrong(client, exercise):
    """A bad form is a 422 that says why, and changes nothing."""
    for name, bad in ("title", " "), ("text", "long" * 5000), ("editor", "../x"):
        form = await refused(client, **GOOD | {name: bad})
        assert f"{name} must be" in form.words, "The page must show the text of the ValueError."
    assert client.app[exercise.POSTS] == {1: exercise.ADA, 2: exercise.GRACE}


@pytest.mark.hint(
    "What was typed is in `form`, not in the post: those are the values to show.",
    'A value that ends too early lacks the quotes around it: `value="{{ values.title }}"`.',
    "`{{ … }}` escapes once, as it should be. More than that shows `&amp;`, less lets markup in.",
)
async def test_keeps_what_was_typed(client):
    """The form that comes back has every field as it was typed, letter by letter."""
    for title, text, editor in (
        ("On waiting, again", "One line.\nAnother line.", "no name!"),
        ('"><script>alert(1)</script>', "</textarea><script>alert(1)</script>", '"><b>Eve</b>'),
        ('Tom & Jerry\'s "&lt;"', "1 < 2 && 3 > 2", "O'Hara & Sons"),
    ):
        typed = {"title": title, "text": text, "editor": editor}
        assert (await refused(client, **typed)).fields == typed, FIELDS


@pytest.mark.hint(
    '`form["title"]` raises KeyError when nobody sent a title. Let `read_edit` look.',
    "A missing value is nothing in a template as well: `{{ values.title }}` is empty then.",
)
async def test_missing_field(client):
    """A form without a field is a 422 like any other; what did come is kept."""
    for name in GOOD:
        rest = {key: value for key, value in GOOD.items() if key != name}
        form = await refused(client, **rest)
        assert {key: form.fields.get(key) for key in rest} == rest, FIELDS
