"""Test what is refused.

One table says what must not become a post.
Write the test for a row of it, then a row for each fault below; the first row is there.

The fixture `program` is a client that has logged in as Ada, so it may write.
The right blog answers 415 to what is not JSON, and 422 to JSON that makes no post.
A title has 1 to 100 characters besides spaces.
"""

import pytest

from workshop.mutation.mutants import Mutant

pytestmark = pytest.mark.exercise(number=2, minutes=6, when="room", split="count")

STEP = "steps.step08_tests"
FAULTS = {
    "kind": Mutant(
        f"{STEP}.parsing",
        'if request.content_type != "application/json":',
        "if not request.content_type:",
    ),
    "number": Mutant(f"{STEP}.posts", "= fields.get(name)", '= str(fields.get(name, ""))'),
    "blank": Mutant(
        f"{STEP}.posts", "any(map(is_seen, text))", "(isinstance(value, str) and value)"
    ),
    "long": Mutant(f"{STEP}.posts", "len(text) > limit or ", ""),
    "absent": Mutant(f"{STEP}.posts", "= fields.get(name)", '= fields.get(name, "(nothing)")'),
    "list": Mutant(f"{STEP}.parsing", "if not isinstance(data, dict):", "if data is None:"),
}


@pytest.mark.hint(
    "`response = await program.post(…)` sends, and `response.status` is compared with `status`.",
    '`program.post("/api/posts", data=body, headers=headers)`',
    "A row that fails here asks for another status than the blog gives: 415 or 422?",
)
def test_right(judge):
    """Your tests pass on the right blog."""
    judge.passes()


@pytest.mark.hint(
    "The first row does it, once the test sends the header and asserts the status.",
    '`headers = {"Content-Type": kind}`, then post, then `assert response.status == status`.',
)
def test_kind(judge):
    """They catch it when JSON is taken although it is sent as text/plain."""
    judge.catches("kind")


@pytest.mark.hint(
    'The body is JSON, written as text: `{"title": …, "text": …}` between single quotes.',
    '`pytest.param(\'{"title": 5, "text": "It waits."}\', JSON, 422, id="number"),`',
)
def test_number(judge):
    """They catch it when a number is taken as a title."""
    judge.catches("number")


@pytest.mark.hint(
    "The right blog takes the spaces away before it counts.",
    "A title of spaces, with a text that is good: else the test cannot tell what was refused.",
    '`pytest.param(\'{"title": "  ", "text": "It waits."}\', JSON, 422, id="blank"),`',
)
def test_blank(judge):
    """They catch it when nothing but spaces is taken as a title."""
    judge.catches("blank")


@pytest.mark.hint(
    "The shortest title that is too long has 101 characters; nobody wants to type them.",
    'Python makes it: `"o" * 101`, with a `+` before and after it.',
    '`\'{"title": "\' + "o" * 101 + \'", "text": "It waits."}\'`',
)
def test_long(judge):
    """They catch it when a title of 101 characters is taken."""
    judge.catches("long")


@pytest.mark.hint(
    "A JSON object that is good but for one field, which is not there at all.",
    '`pytest.param(\'{"title": "On loops"}\', JSON, 422, id="absent"),`',
)
def test_absent(judge):
    """They catch it when a post without a text, or without a title, is taken."""
    judge.catches("absent")


@pytest.mark.hint(
    "JSON can be more than an object: what is `[]`, or `5`?",
    "A test that asks for `status >= 400` is content with a 500. Compare with 422.",
    '`pytest.param(\'["On loops", "It waits."]\', JSON, 422, id="list"),`',
)
def test_list(judge):
    """They catch it when a JSON list ends in a 500."""
    judge.catches("list")
