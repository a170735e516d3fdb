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
from markupsafe import escape
from yarl import URL

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=2, minutes=9, when="room")

GOOD = {"title": "On waiting", "text": "A loop waits.\nSo do I.", "editor": "Alan"}
FIELDS = "The fields of the form, as a browser reads them:"
NOT_REFUSED = cause(
    200,
    what="200 says that all is well, and this form is no good.",
    do="Return `form_page(…, status=422)` where `read_edit` raises ValueError.",
) | cause(
    303,
    what="A form that is no good was answered with a redirect.",
    do="Ask `read_edit(form)` before anything changes. Where it raises ValueError, return"
    " `form_page(…, status=422)`.",
)
NO_TEXT = cause(
    lambda came: not came.get("text"),
    what="The text area is empty.",
    do='Write the text between `<textarea name="text">` and `</textarea>`; an attribute `value`'
    " means nothing there.",
)


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
    assert response.status == 422, NOT_REFUSED
    assert response.content_type == "text/html"
    return Form(await response.text())


def cut_short(name, whole):
    """Return the cause where a field ends before what it should have in it does."""
    return cause(
        lambda came: 0 <= len(came.get(name, whole)) < len(whole),
        what=f"The value of `{name}` ends too early.",
        do="Is it inside of quotes, or between the tags of the text area? Does `{{ … }}` escape it,"
        " without `| safe`?",
    )


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
        assert form.method == "post", cause(
            "get",
            what="A browser sends this form by GET, so nothing may change.",
            do='Write `<form method="post">`.',
        )
        assert form.fields | {"editor": ""} == {"title": title, "text": text, "editor": ""}, (
            FIELDS
            | cause(
                lambda came: came.get("title") == "",
                what="The field `title` is empty.",
                do='Write `value="{{ values.title }}"` into its `<input>`.',
            )
            | cut_short("title", title)
            | NO_TEXT
            | cut_short("text", text)
        )


@pytest.mark.hint(
    "`fields = read_edit(form)` are the new ones. A post takes them as `Post(..., **fields)`.",
    "Put it into `request.app[POSTS]`, under `post.id`; its id and its owner stay as they were.",
    "A redirect is raised: `raise web.HTTPSeeOther(...)`. `url_for` wants `id=str(post.id)`.",
)
async def test_goes_on_to_the_post(client):
    """A good form is answered with 303, and Location is the post's page."""
    response = await send(client, **GOOD)
    assert response.status == 303, cause(
        200,
        what="The answer to the form is a page, so a reload sends the form again.",
        do="Raise `web.HTTPSeeOther` with the address of the post.",
    )
    assert "Location" in response.headers, "A redirect needs the header Location."
    assert response.url.join(URL(response.headers["Location"])).path == "/1", cause(
        "/1/edit",
        what="The browser is sent back to the form.",
        do='Lead on to the post: `request.app.router["post"].url_for(id=str(post.id))`.',
    )


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
    }, cause(
        lambda came: came[1] == exercise.ADA,
        what="The post is as it was: the changed one was not kept.",
        do="Put it into `request.app[POSTS]`, under `post.id`.",
    ) | cause(
        lambda came: came[1].owner != "Ada",
        what="The owner of the post has changed.",
        do="Keep it, `owner=post.owner`; who edits is the `editor`.",
    )


@pytest.mark.hint(
    "`read_edit` raises ValueError. Its text is the reason: `str(error)`.",
    "Below `except ValueError as error:`, `return form_page(...)` with `form` and `status=422`.",
    "Does the template show `fault`?",
)
async def test_says_what_is_wrong(client, exercise):
    """A bad form is a 422 that says why, and changes nothing."""
    for name, bad in ("title", " "), ("text", "long" * 5000), ("editor", "../x"):
        form = await refused(client, **GOOD | {name: bad})
        assert f"{name} must be" in form.words, (
            "The page must show the text of the ValueError."
            | cause(
                what="The form came back without the reason.",
                do="Hand `str(error)` to `form_page`, and write `{{ fault }}` in the template.",
            )
        )
    assert client.app[exercise.POSTS] == {1: exercise.ADA, 2: exercise.GRACE}, cause(
        what="A form that was refused has changed the post.",
        do="Change it only after `read_edit(form)`, which raises ValueError for such a form.",
    )


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
        assert (await refused(client, **typed)).fields == typed, (
            FIELDS
            | cause(
                lambda came: not any(came.values()),
                what="The form came back empty.",
                do="Hand `form` to `form_page`: it has what was typed.",
            )
            | cause(
                lambda came: came.get("title") == "Notes on the Analytical Engine",
                what="The form has the post in it, not what was typed.",
                do="Hand `form` to `form_page`: it has what was typed.",
            )
            | cause(
                lambda came: any(came.get(n) == str(escape(v)) != v for n, v in typed.items()),
                what="What was typed has been escaped twice.",
                do="Hand it over as it is: `{{ … }}` escapes it.",
            )
            | cut_short("title", title)
            | cut_short("text", text)
            | cut_short("editor", editor)
        )


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
