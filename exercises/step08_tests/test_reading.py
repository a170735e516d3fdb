"""Test what is read.

Write three tests for `/api/posts`, the blog's API.
The blog of this step passes them.
Four broken blogs have one fault each, named below: on each of them one of your tests fails.

Each test gets the fixture `client`; its blog is new, with Ada's post 1 and Grace's post 2.
To see what is right: `python -m workshop run step08`, and curl as on the pages before.
To run your tests as any others: `python -m pytest exercises/step08_tests/reading.py`.
"""

import pytest

from workshop.mutation.mutants import Mutant

pytestmark = pytest.mark.exercise(number=1, minutes=6, when="room", split="count")

STEP = "steps.step08_tests"
FAULTS = {
    "missing": Mutant(
        f"{STEP}.api",
        "or_404(await store.find(db, id_of(self.request)))\n"
        "        return web.json_response(asdict(post))",
        "await store.find(db, id_of(self.request))\n"
        "        return web.json_response(post and asdict(post))",
    ),
    "number": Mutant(
        f"{STEP}.store",
        'FROM posts WHERE id = :id"\n',
        'FROM posts WHERE :id IN (SELECT id FROM posts) LIMIT 1"\n',
    ),
    "fields": Mutant(
        f"{STEP}.api",
        "id_of(self.request)))\n        return web.json_response(asdict(post))",
        "id_of(self.request)))\n        return web.json_response(asdict(post) | {'text': ''})",
    ),
    "order": Mutant(f"{STEP}.store", "ORDER BY id LIMIT", "ORDER BY id DESC LIMIT"),
}


@pytest.mark.hint(
    "In place of each `raise`: ask, `response = await client.get(…)`, then `assert` what came.",
    "Compare with nothing, `assert await response.json() == {}`: the report shows what came.",
    '`assert response.status == 200`, then `assert await response.json() == {"id": 1, …}`.',
)
def test_right(judge):
    """Your tests pass on the right blog."""
    judge.passes()


@pytest.mark.hint(
    "Which number has no post? Ask for it, and say what is right.",
    '`response = await client.get("/api/posts/99")`, then `assert response.status == 404`',
)
def test_missing(judge):
    """They catch it when a missing post is answered with 200 and null."""
    judge.catches("missing")


@pytest.mark.hint(
    "With one post only you cannot tell which one came: ask for the other as well, or instead.",
    "`/api/posts/2` is Grace's: does its answer say so?",
    '`assert (await response.json())["owner"] == "Grace"`, for `/api/posts/2`.',
)
def test_number(judge):
    """They catch it when every number leads to the first post."""
    judge.catches("number")


@pytest.mark.hint(
    "A status says that something came, not what.",
    "Compare the whole answer with a dictionary that has all five fields.",
)
def test_fields(judge):
    """They catch it when the text of a post is left out."""
    judge.catches("fields")


@pytest.mark.hint(
    'The answer has the posts under "posts", the oldest first.',
    '`[post["id"] for post in page["posts"]]` has the numbers, and a list has an order.',
)
def test_order(judge):
    """They catch it when the list has the newest post first."""
    judge.catches("order")
