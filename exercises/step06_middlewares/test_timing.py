"""Say how long it took.

Give every answer a header `Server-Timing`, such as `total;dur=12.5`:
the milliseconds from the moment the request came in to the moment its answer goes out.
Browsers show it among the timings of their network tab.
Every answer has it: a redirect and a 404 as well, and one that is sent piece by piece.
"""

import asyncio
import re
from time import perf_counter

import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=1, minutes=5, when="room")


def milliseconds(response):
    """Return what the answer says of itself."""
    header = response.headers.get("Server-Timing")
    assert header, (
        f"The answer to GET {response.url.path} has no header Server-Timing."
        | cause(
            when=response.url.path == "/",
            what="`on_response_prepare` does not know `tell_time`, or that sets no header.",
            do="`app.on_response_prepare.append(tell_time)`, and in it `response.headers[…] = …`.",
        )
        | cause(
            what="The header is set where this answer does not come by: what is raised leaves the"
            " middleware at once, and what is streamed has sent its headers.",
            do="Set it in `tell_time` alone: `on_response_prepare` is called for every answer.",
        )
    )
    found = re.fullmatch(r"total; ?dur=([0-9]+(?:\.[0-9]+)?)", header)
    assert found, f'Server-Timing is "{header}"; wanted is "total;dur=" and a number.' | cause(
        what="A browser cannot read this.",
        do='Write `f"total;dur={milliseconds:.1f}"`.',
    )
    return float(found[1])


@pytest.mark.hint(
    "Three TODOs lead here: the time is noted in the first, told in the second.",
    "In create_app: `web.Application(middlewares=[note_start])`, then `on_response_prepare`.",
    "`app.on_response_prepare.append(tell_time)`, without parentheses after its name.",
)
async def test_tells_the_time(client):
    """GET / answers Hello as before, and tells how long that took."""
    response = await client.get("/")
    assert response.status == 200
    assert await response.text() == "Hello"
    assert milliseconds(response) < 1000


@pytest.mark.hint(
    "`time.perf_counter()` gives seconds; a difference of two is a duration.",
    "The header wants milliseconds: `1000 * (time.perf_counter() - request[START])`.",
)
async def test_milliseconds(client):
    """GET /slow takes about 60 milliseconds, and the header says so."""
    start = perf_counter()
    response = await client.get("/slow")
    here = 1000 * (perf_counter() - start)
    assert response.status == 202
    assert await response.text() == "Here I am"
    told = milliseconds(response)
    assert told >= 50, (
        f"It took 60 ms at least; the header says {told:g} ms."
        | cause(
            when=told < 1,
            what="These are seconds: `perf_counter()` counts in them.",
            do="Multiply by 1000.",
        )
        | cause(
            what="This is not the time that the request took.",
            do="Take `perf_counter() - request[START]`; `note_start` has noted the start.",
        )
    )
    assert told <= here + 1, f"It took {here:.0f} ms at most; the header says {told:g} ms."


@pytest.mark.hint(
    "A redirect and a 404 are raised: the line after `await handler(request)` is never reached.",
    "`on_response_prepare` is called for these answers as well.",
)
async def test_raised(client):
    """What is raised has the header too: a redirect, a 404, a 405."""
    for method, path, status in ("GET", "/old", 301), ("GET", "/no", 404), ("PUT", "/old", 405):
        response = await client.request(method, path, allow_redirects=False)
        assert response.status == status
        assert milliseconds(response) < 1000


@pytest.mark.hint(
    "When `await handler(request)` comes back, the headers of this answer are long gone.",
    "Only `on_response_prepare` is called before they are sent: set the header in `tell_time`.",
)
async def test_piece_by_piece(client):
    """GET /letters sends its headers before its body; the time is among them."""
    response = await client.get("/letters")
    assert response.status == 200
    assert await response.text() == "Ada, Grace"
    assert milliseconds(response) < 1000


@pytest.mark.hint(
    "Many requests are answered at once, so one variable for all of them is not enough.",
    "`request[START]` belongs to one request.",
)
async def test_each_its_own(client):
    """A slow answer tells its own time, though quick ones come in between."""
    slow = asyncio.create_task(client.get("/slow"))
    while not slow.done():
        quick = await client.get("/")
        assert milliseconds(quick) < 1000
    response = await slow
    assert response.status == 202
    told = milliseconds(response)
    assert told >= 50, (
        f"It took 60 ms; the header says {told:g} ms, since others came meanwhile."
        | cause(
            what="A request that came later has changed the start of this one.",
            do="Keep it with the request: `request[START]` instead of one variable for all.",
        )
    )
