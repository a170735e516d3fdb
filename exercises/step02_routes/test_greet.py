"""Greet by name.

Let the address say who is greeted.
`GET /greet/Ada` answers the plain text `Hello, Ada!`, and so for any other name.
Spaces and letters of other alphabets work as well: `/greet/Grace%20Hopper` greets `Grace Hopper`.
Two parts of the file are missing: the route and the handler's answer.
"""

import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=1, minutes=5, when="room")


@pytest.mark.hint(
    "A 404 says that no route leads there, a 501 that the handler is still the stub's.",
    "A name in braces stands for any text without a slash: `/greet/{name}`.",
    'Add `web.get("/greet/{name}", greet)` to the list.',
)
async def test_answers(client):
    """GET /greet/Ada answers 200."""
    response = await client.get("/greet/Ada")
    assert response.status == 200


@pytest.mark.hint(
    "`request.match_info` is a dictionary of the variable parts of the path.",
    "The name is `request.match_info['name']`. Mind the comma and the exclamation mark.",
)
async def test_greets_by_name(client):
    """GET /greet/Ada answers "Hello, Ada!", and GET /greet/Grace answers "Hello, Grace!"."""
    for name in "Ada", "Grace":
        response = await client.get(f"/greet/{name}")
        assert response.status == 200
        assert (await response.text()).strip() == f"Hello, {name}!", cause(
            "Hello, {name}!",
            what="The braces were sent as they are: this string has no f in front.",
            do='Write `f"Hello, {name}!"`.',
        ) | cause(
            "Hello, Ada!",
            when=name != "Ada",
            what="Everybody is greeted as Ada: the name does not come from the path.",
            do='Take it from there: `request.match_info["name"]`.',
        )


@pytest.mark.hint(
    "An address cannot hold a space: it travels as `%20`. aiohttp has put it back for you.",
    "`match_info` is decoded already; the path as it was sent, `request.raw_path`, is not.",
)
async def test_greets_any_alphabet(client):
    """A name with a space or with "ë" in it comes out as it was meant."""
    for path, name in ("Grace%20Hopper", "Grace Hopper"), ("Zo%C3%AB", "Zoë"):
        response = await client.get(f"/greet/{path}")
        assert response.status == 200
        assert (await response.text()).strip() == f"Hello, {name}!", cause(
            lambda came: "%" in came,
            what="The name is still as it travelled, where `%20` stands for a space.",
            do='Take `request.match_info["name"]`, which is decoded.',
        )


@pytest.mark.hint(
    "As HTML, a name such as `<b>Ada</b>` would become part of the page.",
    "`web.Response(text=...)` is plain text: leave `content_type` out.",
)
async def test_plain_text(client):
    """The greeting is plain text, so a name with a "<" in it does no harm."""
    response = await client.get("/greet/%3Cb%3EAda%3C%2Fb%3E")
    assert response.status == 200
    assert response.content_type == "text/plain"


@pytest.mark.hint(
    "Does the route take more than one variable part, or every method?",
    "`{name}` stops at a slash; `web.get` answers GET and HEAD only.",
)
async def test_nothing_else(client):
    """Without a name it is a 404, and POST is a 405."""
    assert (await client.get("/greet/Ada")).status == 200
    assert (await client.get("/greet/")).status == 404
    assert (await client.post("/greet/Ada")).status == 405, cause(
        200,
        what="The route takes every method.",
        do="Use `web.get`, which takes GET and HEAD alone.",
    )
