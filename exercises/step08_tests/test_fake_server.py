"""Fake the server.

The client cannot be tested with the blog alone: when is that full, or newer than its client?
So write a fake: a server that answers what a test tells it to, and remembers what it was asked.
Then write three tests of the client with it.

The first test is there.
The client is `steps/step08_tests/client.py`; you need its `create`, `posts`, `login` and `update`.
"""

import pytest

from workshop.mutation.mutants import Mutant

pytestmark = pytest.mark.exercise(number=4, minutes=12, when="home", split="count")

CLIENT = "steps.step08_tests.client"
FAULTS = {
    "field": Mutant(CLIENT, "**{field.name: data[field.name] for field in fields(Post)}", "**data"),
    "refusal": Mutant(CLIENT, "if not response.ok:", "if response.status == 500:"),
    "reason": Mutant(
        CLIENT,
        'str((await response.json(content_type=None))["error"]["reason"])',
        'response.reason or ""',
    ),
    "pages": Mutant(CLIENT, 'path = page["next"]', "path = None"),
    "token": Mutant(CLIENT, "f\"Bearer {answer['token']}\"", 'f"Bearer {name}"'),
    "method": Mutant(CLIENT, '"PATCH"', '"PUT"'),
}


@pytest.mark.hint(
    "Begin with the fake: `request.method` and `request.rel_url` make the key of an answer.",
    "`self.answers.get(address, (404, {}))` gives a status and data for `web.json_response`.",
    'The header is `request.headers.get("Authorization")`, which is None when there is none.',
    "`fake.asked` says what the client asked for: print it when an answer is not found.",
)
def test_right(judge):
    """Your tests pass on the right client."""
    judge.passes()


@pytest.mark.hint(
    "The server may be newer than its client: what it sends has a field more.",
    "The first test does it, once the fake gives its answer.",
    '`asdict(LOOPS) | {"likes": 5}` is such an answer, and `blog.read(7)` must still be `LOOPS`.',
)
def test_field(judge):
    """They catch it when a field that the client does not know breaks it."""
    judge.catches("field")


@pytest.mark.hint(
    "`with pytest.raises(RefusedError):` around the call that is refused.",
    'The body of a refusal is `{"error": {"reason": "The blog is full"}}`.',
)
def test_refusal(judge):
    """They catch it when a refusal is no error."""
    judge.catches("refusal")


@pytest.mark.hint(
    "`with pytest.raises(RefusedError) as caught:`; below it, `caught.value` is the error.",
    "HTTP has a phrase of its own for each status. The fake must say something else.",
)
def test_reason(judge):
    """They catch it when the server's own reason is lost."""
    judge.catches("reason")


@pytest.mark.hint(
    "The client asks for `/api/posts?limit=100` first, then for what the answer says is `next`.",
    "`[post async for post in blog.posts()]` collects them. The last page's `next` is None.",
)
def test_pages(judge):
    """They catch it when only the first page of the list is read."""
    judge.catches("pages")


@pytest.mark.hint(
    'The fake answers the login with `(201, {"token": "abc"})`.',
    '`assert fake.tokens == [None, "Bearer abc"]`: a login is sent without a token.',
)
def test_token(judge):
    """They catch it when the token of the login is not what is sent afterwards."""
    judge.catches("token")


@pytest.mark.hint(
    "Who answers 404 to what it was not told has looked at the method already.",
    'After `blog.update(7, …)` the fake was asked for "PATCH /api/posts/7".',
)
def test_method(judge):
    """They catch it when a change is sent by PUT in place of PATCH."""
    judge.catches("method")
