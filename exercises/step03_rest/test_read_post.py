"""Read one post.

A program asks for a post by its number: `GET /api/posts/1`.
It gets 200 and the post as JSON, with `id` as a number.
A post that is not there is a 404.
So is an address that names no number, or names it in another way: `/api/posts/x`, `/api/posts/01`.
Every fault has the one shape of this step; `answer_errors` makes it of what you raise.
"""

import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=1, minutes=6, when="room")

ENGINE = {"title": "Notes on the Analytical Engine", "text": "It weaves."}
MOTH = {"title": "A moth in relay 70", "text": "The first bug found."}
POSTS = {
    1: {**ENGINE, "owner": "Ada", "editor": "Ada"},
    2: {**MOTH, "owner": "Grace", "editor": "Grace"},
}


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    """A database of its own for each check."""
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path))


async def reason_of(response):
    """Return the reason of a refusal, which must have the one shape."""
    assert response.content_type == "application/json"
    match await response.json():
        case {"error": {"status": response.status, "reason": str(reason)}} if reason:
            return reason
    raise AssertionError(
        'A fault is {"error": {"status": …, "reason": "…"}}, as on the page.'
        | cause(
            what="What you return yourself does not get this shape.",
            do="Raise the exception of `web`, with a `text`; `answer_errors` makes the answer of"
            " it.",
        )
    )


@pytest.mark.hint(
    '`request.match_info["id"]` is the number in the path; it is text, so make it an int.',
    "`async with transaction(request) as db:` lends you the database, and in there"
    " `await store.find(db, number)` gives the post.",
    "JSON knows no Post: `web.json_response(asdict(post))`.",
)
async def test_reads(client):
    """GET /api/posts/1 and /api/posts/2 answer 200 and the whole post as JSON."""
    for number, post in POSTS.items():
        response = await client.get(f"/api/posts/{number}")
        assert response.status == 200
        came = await response.json()
        assert isinstance(came, dict), (
            "The post must be a JSON object: was it made JSON twice?"
            | cause(
                what="`web.json_response` makes JSON of what it gets, and it got JSON already.",
                do="Hand it the dictionary: `web.json_response(asdict(post))`.",
            )
        )
        assert came == {"id": came.get("id"), **post}


@pytest.mark.hint(
    'Programs compare, and 1 is not "1". Do you pass on what stood in the path?',
    "The post that the database gives has its id as an int. Pass that one on.",
)
async def test_id_is_a_number(client):
    """The id in the answer is a number: 1, not "1"."""
    for number in POSTS:
        response = await client.get(f"/api/posts/{number}")
        assert response.status == 200
        assert (await response.json())["id"] == number, cause(
            str(number),
            what="The id is the text that stood in the path.",
            do="Answer with the post that the database gave: its id is a number.",
        )


@pytest.mark.hint(
    "`store.find` gives None when there is no such post. Look before you answer.",
    "`raise web.HTTPNotFound(text=...)`, with a reason.",
    "Raise it; what you return yourself does not get the shape.",
)
async def test_missing(client):
    """A post that is not there is a 404, in the shape of every fault."""
    for number in 3, 999_999_999:
        response = await client.get(f"/api/posts/{number}")
        assert response.status == 404, cause(
            200,
            what="200 says that the post is there.",
            do="Raise `web.HTTPNotFound(text=…)` when `store.find` gives None.",
        ) | cause(
            400,
            what="400 says that the request cannot be read; here a post is missing.",
            do="Raise `web.HTTPNotFound(text=…)`.",
        )
        await reason_of(response)


@pytest.mark.hint(
    '`int("x")` raises ValueError, and that is a 500. Let the router keep such paths away.',
    "A variable part may have a pattern after a colon; `ID` is one that is made already.",
    'The path is `f"/api/posts/{ID}"`.',
)
async def test_one_spelling(client):
    """What is no number, or is spelled in another way, is a 404 too: x, 01, 1.0, -1."""
    for name in "x", "01", "1.0", "-1", "%201":
        response = await client.get(f"/api/posts/{name}")
        assert response.status == 404, (
            f"/api/posts/{name} came back with {response.status}."
            | cause(
                when=response.status != 500,
                what="The path of the route lets through what is no number, or not the one"
                " spelling.",
                do='Let the router keep it away: `f"/api/posts/{ID}"`.',
            )
        )
        await reason_of(response)
