"""Create a post.

A program sends `title`, `text` and `owner` as JSON to `POST /api/posts`.
It gets 201, the new post, and in the header `Location` the path of that post.
A body that is not `application/json` is a 415.
A field that is missing, empty or no text is a 422 whose reason names it; `read_new` finds out.
What was refused leaves nothing behind; what was answered with 201 is there after a restart.
"""

import pytest
from yarl import URL

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=2, minutes=9, when="room")

LOOPS = {"title": "On loops", "text": "A loop waits.", "owner": "Alan"}
MACHINES = {"title": "On machines", "text": "Can they think?", "owner": "Ada"}


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    """A database of its own for each check."""
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path))


async def create(client, post):
    """Send a post that is good; return the answer."""
    response = await client.post("/api/posts", json=post)
    assert response.status == 201, cause(
        200,
        what="200 does not say that something new is there.",
        do="Answer with `status=201`.",
    )
    return response


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
    "The last TODO comes first here: `read_or_422(await read_object(request))` are the fields.",
    "In `async with transaction(request) as db:` the post is `or_507(await store.add(db, …))`.",
    "`read_or_422` must give something as well: `return read_new(data)` is a beginning.",
)
async def test_creates(client):
    """POST answers 201 and the whole post as JSON, with a new number as its id."""
    for number, post in (3, LOOPS), (4, MACHINES):
        response = await create(client, post)
        assert await response.json() == {"id": number, "editor": post["owner"], **post}, cause(
            lambda came: came.get("id") == str(number),
            what="The id is text in this answer, and a number when the post is read.",
            do="Answer with the post that `or_507(await store.add(db, fields))` gave.",
        )


@pytest.mark.hint(
    'The route of a post is called "post": `request.app.router["post"].url_for(id=...)`.',
    "`url_for` wants text: `id=str(post.id)`. A header wants text too: `str(address)`.",
    '`web.json_response(..., status=201, headers={"Location": ...})`.',
)
async def test_location(client):
    """The header Location leads to the new post."""
    for post in LOOPS, MACHINES:
        response = await create(client, post)
        assert "Location" in response.headers, "The answer must have a header Location." | cause(
            what="Nobody knows where the new post is.",
            do='`headers={"Location": str(address)}`; the address is'
            ' `request.app.router["post"].url_for(id=str(post.id))`.',
        )
        address = response.url.join(URL(response.headers["Location"])).relative()
        found = await client.get(address)
        leads = found.status == 200  # what is wrong is the address, not the routes
        assert leads, f"GET {address} came back with {found.status}." | cause(
            what="The header leads to another address than that of the new post.",
            do='Let the router make it: `request.app.router["post"].url_for(id=str(post.id))`.',
        )
        assert await found.json() == await response.json()


@pytest.mark.hint(
    "What is done in the database lasts when it is committed, and not before.",
    "`async with transaction(request) as db:` commits at its end. Do you use it?",
)
async def test_is_kept(client, exercise, aiohttp_client):
    """A post that was answered with 201 is still there after a restart."""
    made = await (await create(client, LOOPS)).json()
    await client.close()
    await client.server.close()
    restarted = await aiohttp_client(exercise.create_app())
    found = await restarted.get("/api/posts/3")
    assert found.status == 200, "After a restart the new post is gone." | cause(
        what="It was written, and never committed.",
        do="Write inside of `async with transaction(request) as db:`, which commits at its end.",
    )
    assert await found.json() == made


@pytest.mark.hint(
    "The header itself may say more, such as `; charset=utf-8`; `request.content_type` is without.",
    '`if request.content_type != "application/json":` and below it a `raise`.',
    "The status 415 is `web.HTTPUnsupportedMediaType`.",
)
async def test_only_json(client):
    """A body with another content type than application/json is a 415, whatever is in it."""
    body = b'{"title": "On loops", "text": "A loop waits.", "owner": "Alan"}'
    for kind in "text/plain", "application/x-www-form-urlencoded":
        response = await client.post("/api/posts", data=body, headers={"Content-Type": kind})
        assert response.status == 415, (
            f"{kind} must be refused with 415, not {response.status}."
            | cause(
                when=response.status == 201,
                what="The body was read as JSON, though it says that it is something else.",
                do="Look first: when `request.content_type` is not `application/json`, raise"
                " `web.HTTPUnsupportedMediaType`.",
            )
        )
        await reason_of(response)
    assert (await client.get("/api/posts/3")).status == 404, "What was refused was kept."
    headers = {"Content-Type": "application/json; charset=utf-8"}
    response = await client.post("/api/posts", data=body, headers=headers)
    assert response.status == 201, "application/json; charset=utf-8 is JSON as well." | cause(
        what="The whole header was compared, with what stands behind the semicolon.",
        do="Compare `request.content_type`, which is without it.",
    )


@pytest.mark.hint(
    "`read_new` raises ValueError; uncaught it is a 500. Catch it where it is raised.",
    "Its text names the field: `except ValueError as error:` and `str(error)`.",
    "The status 422 is `web.HTTPUnprocessableEntity(text=...)`.",
)
async def test_bad_fields(client):
    """A field that is missing, null, empty or no text is a 422 whose reason names it."""
    for name in LOOPS:
        rest = {key: value for key, value in LOOPS.items() if key != name}
        for bad in rest, rest | {name: None}, rest | {name: " "}, rest | {name: 5}:
            response = await client.post("/api/posts", json=bad)
            assert response.status == 422, (
                f"{bad} must be refused with 422, not {response.status}."
                | cause(
                    when=response.status in {400, 415},
                    what="The body could be read; what stands in it is no good.",
                    do="Make a 422 of it: `web.HTTPUnprocessableEntity(text=…)`.",
                )
                | cause(
                    when=response.status == 201,
                    what="A field that is no good was taken, or something was made of it.",
                    do="Let `read_new(data)` look at them as they came: it raises ValueError.",
                )
            )
            assert name in await reason_of(response), (
                f"The reason must say that {name} is bad."
                | cause(
                    what="What `read_new` says was lost on the way.",
                    do="Hand it over: `text=str(error)`.",
                )
            )
    assert (await client.get("/api/posts/3")).status == 404, "What was refused was kept." | cause(
        what="The post was stored before its fields were looked at.",
        do="Call `read_or_422(…)` first, above the transaction.",
    )
