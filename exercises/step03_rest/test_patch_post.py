"""Change a part of a post.

`PATCH /api/posts/{id}` takes a JSON object with `title`, `text` or both.
What came is changed, what did not come stays; the answer is 200 with the whole post.
A value that is null, empty or no text is a 422 whose reason names the field.
So is any other field, such as `owner`, and an object with nothing in it.
There is one SQL statement for each field; still, either all that came is stored or nothing is.
"""

import asyncio
import json

import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=3, minutes=10, when="home")


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    """A database of its own for each check."""
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path))


async def post_of(client, number=1):
    """Return a post as it is stored now."""
    return await (await client.get(f"/api/posts/{number}")).json()


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


REFUSE = (
    "In `read_changes`, raise ValueError unless `data` has something in it and"
    " `data.keys() <= SQL.keys()`; `read_or_422` makes a 422 of it."
)
NO_TEXT = cause(
    what="A value that is no text was taken, passed over, or made text.",
    do="For each name in `data`: `text_of(data, name, LIMITS[name])`, which raises ValueError.",
)
ONE_BLOCK = cause(
    what="The first field was stored before the second was found to be bad.",
    do="Look at all fields first, with `read_or_422(read_changes, …)`; store them in one"
    " transaction, and raise the 422: a `return` inside of it keeps what was stored.",
)


@pytest.mark.hint(
    "`patch_post` reads the JSON by `read_json`, the fields by `read_or_422(read_changes, ...)`.",
    'In a transaction, for each field: `await db.execute(SQL[name], {"value": ..., "id": ...})`.',
    "`store.find` gives the post as it is then. In `read_changes`: only the names in `data`.",
)
async def test_changes_what_came(client):
    """PATCH changes what came, keeps the rest, and answers with the whole post."""
    changes = [{"title": "On looms"}, {"text": "They wait."}, {"text": "B", "title": "A"}]
    for number, change in zip((1, 2, 1), changes, strict=True):
        before = await post_of(client, number)
        response = await client.patch(f"/api/posts/{number}", json=change)
        assert response.status == 200, cause(
            422,
            what="Fields that did not come were asked for; PATCH takes a part.",
            do="Look only at the names in `data`.",
        )
        assert await response.json() == before | change, (
            cause(
                change,
                what="The answer has only what was sent.",
                do="Answer with the whole post, as `store.find` gives it.",
            )
            | cause(
                before,
                what="The answer is the post as it was before.",
                do="Ask `store.find` after the change, in the same transaction.",
            )
            | cause(
                when=len(change) > 1,
                what="Not all fields that came were changed.",
                do="Go over all of them; answer below the loop, not inside of it.",
            )
        )
        assert await post_of(client, number) == before | change


@pytest.mark.hint(
    "`data.get(name)` is None for a field that is null, and for one that did not come.",
    "Go over the names in `data`: what is there must be text, null is none.",
    "`text_of(data, name, LIMITS[name])` raises the ValueError for you.",
)
async def test_bad_values(client):
    """A value that is null, empty, too long or no text is a 422 whose reason names the field."""
    before = await post_of(client)
    for name in "title", "text":
        for value in None, "", " ", 5, ["New"], "x" * 10_001:
            response = await client.patch("/api/posts/1", json={name: value})
            assert response.status == 422, (
                f"{name}: {json.dumps(value):.20} must be refused." | NO_TEXT
            )
            assert name in await reason_of(response), f"The reason must say that {name} is bad."
    assert await post_of(client) == before


@pytest.mark.hint(
    "The names that may come are the keys of `SQL`; `data.keys() <= SQL.keys()` compares them.",
    "An object without a field changes nothing: `if not data`.",
)
async def test_other_fields(client):
    """Fields that cannot be changed are a 422, and so is an object without any."""
    before = await post_of(client)
    for change in {"owner": "Alan"}, {"id": 7}, {"title": "New", "colour": "red"}, {}:
        response = await client.patch("/api/posts/1", json=change)
        assert response.status == 422, (
            f"{json.dumps(change)} must be refused."
            | cause(
                when=not change,
                what="An object without any field was answered as if it changed something.",
                do=REFUSE,
            )
            | cause(
                what="A field that cannot be changed was stored, or passed over in silence.",
                do=REFUSE,
            )
        )
        await reason_of(response)
    assert await post_of(client) == before


@pytest.mark.hint(
    "Look at all fields before you store the first one.",
    "One transaction around all of it; an exception that leaves its block undoes it.",
    "A `return` leaves the block as well, but as if all were well: raise the 422.",
)
async def test_all_or_nothing(client):
    """One good field and one bad one: a 422, and neither of them is stored."""
    before = await post_of(client)
    for change in {"title": "Half", "text": None}, {"text": "Half", "title": 5}:
        response = await client.patch("/api/posts/1", json=change)
        assert response.status == 422
        now = await post_of(client)
        assert now == before, (
            "The good field was stored, though the bad one was refused." | ONE_BLOCK
        )


@pytest.mark.hint(
    "An UPDATE that meets no row changes nothing and says nothing.",
    "`or_404(...)` raises the 404 when `store.find` gives None.",
)
async def test_missing(client):
    """A post that is not there is a 404, in the shape of every fault."""
    response = await client.patch("/api/posts/99", json={"title": "New"})
    assert response.status == 404, cause(
        200,
        what="An UPDATE that meets no row changes nothing and says nothing.",
        do="Ask afterwards: `or_404(await store.find(db, number))` raises the 404.",
    )
    await reason_of(response)


@pytest.mark.hint(
    "Two requests on one connection: what one undoes, it undoes for the other as well.",
    "`async with transaction(request) as db:` lends each request a connection of its own.",
)
async def test_at_once(client):
    """Changes that are refused do not undo those that come at the same time."""
    refused = [client.patch("/api/posts/99", json={"title": "New"}) for _ in range(8)]
    taken = [client.patch("/api/posts/1", json={"title": "On looms"}) for _ in range(8)]
    answers = await asyncio.gather(*refused, *taken)
    assert [answer.status for answer in answers] == [404] * 8 + [200] * 8
    stored = await post_of(client)
    assert stored["title"] == "On looms", (
        "A change was answered with 200 and is not stored."
        | cause(
            what="Two requests shared a connection: what one of them undid, it undid for both.",
            do="`async with transaction(request) as db:` lends each request its own.",
        )
    )
