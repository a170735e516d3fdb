"""Write the client's update.

A program changes a post by `await blog.update(7, title="On looms")` and gets the post back.

- The values that were given, and no others, are sent as JSON by `PATCH`.
- When the server refuses, the error has its status and *its* reason: `MissingError` for 404,
  `InvalidError` for 422, `RefusedError` for any other status.
- A field that this client does not know is left out.
- Where something else answers, with a page in place of JSON, the reason is HTTP's own.

Here the server is a fake one: it is told what to answer, and remembers what it was asked.
"""

import json

import pytest
from aiohttp import web

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=5, minutes=15, when="stretch")

POST = {"id": 7, "title": "On looms", "text": "They wait.", "owner": "Ada", "editor": "Grace"}


class Fake:
    """A server that gives one answer to everything, and remembers what it was asked."""

    def __init__(self, answer, status=200, kind="application/json"):
        self.text = answer if isinstance(answer, str) else json.dumps(answer)
        self.status, self.kind = status, kind
        self.asked = []

    async def answer(self, request):
        """Remember the request, and answer it."""
        self.asked.append((request.method, request.path, request.content_type))
        self.body = await request.text()
        return web.Response(status=self.status, text=self.text, content_type=self.kind)

    def app(self):
        """Make the application."""
        app = web.Application()
        app.add_routes([web.route("*", "/{path:.*}", self.answer)])
        return app


@pytest.fixture
def update(exercise, aiohttp_server):
    """Let the learner's client change a post of a server."""

    async def change(fake, number=7, **values):
        server = await aiohttp_server(fake.app())
        async with exercise.Client(str(server.make_url("/"))) as blog:
            return await blog.update(number, **values)

    return change


@pytest.fixture
def refusal(update):
    """Let the learner's client be refused, and return the error that it raises."""

    async def be_refused(*answer):
        try:
            came = await update(Fake(*answer), title="On looms")
        except Exception as error:
            return error
        raise AssertionError(
            f"The server refused, and update() gave {came!r}: it must raise."
            | cause(
                when=isinstance(came, Exception),
                what="The error was returned, so nobody stops for it.",
                do="Write `raise await error_of(response)`.",
                at="await error_of",
            )
            | cause(
                what="Nobody looked whether the server had refused.",
                do="`if not response.ok:` and below it `raise await error_of(response)`.",
                at="async def update",
            )
        )

    return be_refused


@pytest.mark.hint(
    "As in `_ask` of the page: `async with` a request of the session, and look at what it gives.",
    "The session has a method for each method of HTTP: `self._session.patch(path, ...)`.",
    "`json=values` makes JSON of the values and sets the content type.",
    "The path has the number in it: an f-string.",
)
async def test_asks(update):
    """update(7, title=...) sends PATCH /api/posts/7 with these values as JSON, no others."""
    for number, values in (7, {"title": "On looms"}), (8, {"text": "A", "editor": "Ada"}):
        fake = Fake(POST)
        await update(fake, number, **values)
        assert fake.asked == [("PATCH", f"/api/posts/{number}", "application/json")], (
            cause(
                lambda came: bool(came) and came[0][0] != "PATCH",
                what="Another method was sent: only PATCH changes a part.",
                do="Call `self._session.patch(…)`.",
                at="self._session.",
            )
            | cause(
                lambda came: bool(came) and came[0][2] != "application/json",
                what="The values were not sent as JSON.",
                do="Hand them over as `json=values`.",
                at="self._session.",
            )
            | cause(
                [],
                what="Nothing was sent.",
                do="`async with self._session.patch(path, json=values) as response:`.",
                at="async def update",
            )
        )
        assert json.loads(fake.body) == values, cause(
            what="Other values were sent than those that were given.",
            do="Take them as they come, `**values`, and send `json=values`.",
            at="async def update",
        )


@pytest.mark.hint(
    "The server sends the changed post back, as JSON: it may know more than you have sent.",
    "`await response.json()` is the answer as a dictionary, and `post_of` makes a Post of it.",
)
async def test_returns_the_post(update, exercise):
    """update() returns the post that the server sent."""
    for post in POST, POST | {"id": 8, "title": "On loops"}:
        came = await update(Fake(post), title="On looms")
        assert came == exercise.Post(**post), cause(
            what="The post was made of something else than the answer of the server.",
            do="Return `post_of(await response.json())`.",
            at="async def update",
        )


@pytest.mark.hint(
    "`Post(**data)` is a TypeError as soon as the server sends one field more.",
    "`fields(Post)` lists the fields that a Post has; each has a `.name`.",
)
async def test_new_field(update, exercise):
    """A field that this client does not know is left out."""
    try:
        came = await update(Fake(POST | {"likes": 5, "image": None}), title="On looms")
    except TypeError as error:
        came = error
    assert came == exercise.Post(**POST)


@pytest.mark.hint(
    "Look at `response.ok` before you make a post of the answer.",
    "`raise await error_of(response)`; in there `KINDS.get(response.status, RefusedError)`.",
    'The reason is in the body: `(await response.json())["error"]["reason"]`.',
)
async def test_keeps_the_reason(refusal):
    """404 is a MissingError, 422 an InvalidError, others RefusedError, all with the reason."""
    for status, reason, kind in (
        (404, "There is no such post", "MissingError"),
        (422, "title must be text of 1 to 100 characters", "InvalidError"),
        (507, "The blog is full", "RefusedError"),
    ):
        error = await refusal({"error": {"status": status, "reason": reason}}, status)
        assert type(error).__name__ == kind
        assert (error.status, error.reason) == (status, reason), cause(
            what="The reason is HTTP's own; the server's stands in its answer.",
            do='Take `(await response.json())["error"]["reason"]`.',
            at="async def error_of",
        )


@pytest.mark.hint(
    "A proxy answers with HTML. Then `response.json()` raises; say why it could not be read.",
    "`response.json(content_type=None)` does not look at the content type.",
    "Catch ValueError, LookupError and TypeError, and take `response.reason` instead.",
)
async def test_no_reason(refusal):
    """An error of another shape still has its status, and HTTP's own reason for it."""
    for answer in "<h1>Bad Gateway</h1>", "", [], {"error": "no"}, {"error": {}}, None:
        kind = "text/html" if isinstance(answer, str) else "application/json"
        error = await refusal(answer, 502, kind)
        assert type(error).__name__ == "RefusedError"
        assert (error.status, error.reason) == (502, "Bad Gateway")
