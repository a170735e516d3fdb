"""Close the shop for a moment.

`PUT /maintenance` with `{"seconds": 90}` closes the shop, `DELETE /maintenance` opens it again;
both handlers are there, and keep the seconds in `SWITCH`.
While it is closed, every request is refused with 503, whatever its path and method,
and `Retry-After` says the seconds. Nothing is done for it.
Only the paths in `OPEN` are answered, or nobody could open the shop again.
A refusal is JSON, as every fault of this shop.
"""

import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=4, minutes=8, when="home")


async def close(client, seconds=90):
    """Close the shop."""
    response = await client.put("/maintenance", json={"seconds": seconds})
    assert response.status == 204, cause(
        503,
        what="The closed shop refuses `/maintenance` too, so nobody can open it again.",
        do="Let the paths in `OPEN` through: `request.path not in OPEN` before it refuses.",
    )


@pytest.mark.hint(
    "`request.app[SWITCH].seconds` is None while the shop is open.",
    "`raise web.HTTPServiceUnavailable(text=...)` before `await handler(request)`.",
    "In create_app: `web.Application(middlewares=[...])`.",
)
async def test_refuses(client):
    """Open at first; once closed, every path and method is a 503, a path too that is not there."""
    assert (await client.get("/orders")).status == 200
    await close(client)
    for path in "/orders", "/nothing":
        for method in "GET", "POST", "DELETE":
            response = await client.request(method, path)
            assert response.status == 503, (
                f"{method} {path} must be a 503 now."
                | cause(
                    when=response.status == 200,
                    what="The shop is closed, and 200 says that all is well.",
                    do="Raise `web.HTTPServiceUnavailable(…)` before `await handler(request)`.",
                )
                | cause(
                    404,
                    405,
                    what="The request went on to the router, though the shop is closed.",
                    do="Raise before `await handler(request)`, whatever the path and the method.",
                )
            )


@pytest.mark.hint(
    'Headers are text: `{"Retry-After": str(seconds)}`.',
    "An HTTP exception takes `headers=` beside `text=`.",
)
async def test_retry_after(client):
    """Retry-After has the seconds for which the shop was closed."""
    for seconds in 90, 5:
        await close(client, seconds)
        response = await client.get("/orders")
        assert response.status == 503
        assert response.headers.get("Retry-After") == str(seconds), cause(
            None,
            what="The refusal does not say when to come again.",
            do='Give the exception `headers={"Retry-After": str(seconds)}`.',
        ) | cause(
            what="The refusal names another time than the one that the shop was closed for.",
            do="Take it from `request.app[SWITCH].seconds`.",
        )


@pytest.mark.hint(
    "The first middleware of the list is the outermost: it sees what the others raise.",
    "What answer_errors does not stand around, it cannot make JSON of.",
)
async def test_in_the_same_shape(client):
    """A refusal is JSON with an error, as a 404 is."""
    missing = await client.get("/nothing")
    assert missing.status == 404
    assert missing.content_type == "application/json"
    await close(client)
    response = await client.get("/orders")
    assert response.status == 503
    assert response.content_type == "application/json", (
        "answer_errors has not seen this refusal."
        | cause(
            what="What an outer middleware raises, an inner one never sees.",
            do="Put `answer_errors` first in `middlewares=[…]`: the first one is the outermost.",
        )
    )
    assert (await response.json()).get("error"), "Say why, under error."


@pytest.mark.hint(
    "Somebody must be able to open the shop again. Does the middleware let them pass?",
    "`request.path not in OPEN`: these go on to their handlers.",
    "`if … and request.path not in OPEN:` before it refuses.",
)
async def test_what_stays_open(client):
    """While closed, GET /health answers, and DELETE /maintenance opens the shop again."""
    await close(client)
    assert (await client.get("/orders")).status == 503
    health = await client.get("/health")
    assert (health.status, await health.text()) == (200, "alive"), cause(
        lambda came: came[0] == 503,
        what="The closed shop refuses a path that stays open.",
        do="Let the paths in `OPEN` through: `request.path not in OPEN` before it refuses.",
    )
    assert (await client.delete("/maintenance")).status == 204
    assert (await client.get("/orders")).status == 200


@pytest.mark.hint(
    "`/health` is open. Is `/healthy`, or `/orders/health`?",
    "Compare the whole path: `startswith` and `in` let other paths through.",
    "`request.path in OPEN` compares whole paths: OPEN is a set of them.",
)
async def test_nothing_else_is_open(client):
    """A path that only looks alike is closed."""
    await close(client)
    for path in "/healthy", "/orders/health", "/maintenance/plan", "/orders?from=/health":
        response = await client.get(path)
        assert response.status == 503, f"GET {path} must be a 503 now." | cause(
            what="This path only looks like one that stays open.",
            do="Compare whole paths: `request.path in OPEN`.",
        )


@pytest.mark.hint(
    "A handler that has run has done its work, whatever is answered afterwards.",
    "Look at the switch first; call the handler only if the shop is open.",
    "First `if closed: raise …`, below it `return await handler(request)`.",
)
async def test_nothing_is_done(client):
    """An order that was refused is not among the orders later."""
    assert (await client.post("/orders", data="a moth")).status == 201
    await close(client)
    assert (await client.post("/orders", data="a relay")).status == 503
    await client.delete("/maintenance")
    assert await (await client.get("/orders")).json() == ["a moth"], cause(
        lambda came: "a relay" in came,
        what="The order was refused, and its handler had run already.",
        do="Look at the switch first; call the handler only when the shop is open.",
    )


@pytest.mark.hint(
    "Two applications run the same code. Where is it kept whether one of them is closed?",
    "Ask `request.app[SWITCH]`: a global variable would be one for all.",
)
async def test_another_shop(client, exercise, aiohttp_client):
    """Another application in the same program stays open."""
    other = await aiohttp_client(exercise.create_app())
    await close(client)
    assert (await client.get("/orders")).status == 503
    assert (await other.get("/orders")).status == 200, cause(
        503,
        what="One switch closes all applications.",
        do="Ask the application of the request: `request.app[SWITCH]`.",
    )
