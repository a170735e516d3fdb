"""Try again, a little later.

Some faults pass: a server that is busy (502, 503, 504), a connection that was lost.
`Retry` is a client middleware: aiohttp calls it with each request and with the `handler` that
sends it. Finish `__call__`:

- After such a fault it sends the request again, `attempts` times in all at most.
- Before that it sleeps: `first` seconds, then twice as long each time, by `self.sleep`.
- The last answer is returned, the last lost connection raised, without another pause.
- Any other status is an answer, and is returned at once.
- Only `GET`, `HEAD` and `OPTIONS` are sent again: a second `POST` may do a thing twice.
"""

import asyncio

import aiohttp
import pytest
from aiohttp import web

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=5, minutes=15, when="stretch")

LOST = 0
"""Stands for a connection that is lost before an answer."""


class Moody:
    """A server that answers each request with the next status; the last one stays."""

    def __init__(self, *statuses):
        self.statuses = statuses
        self.asked = []

    async def answer(self, request):
        """Answer, or drop the connection."""
        status = self.statuses[min(len(self.asked), len(self.statuses) - 1)]
        self.asked.append(request.method)
        if status == LOST:
            request.transport.close()
        return web.Response(status=status or 200, text=f"answer {len(self.asked)}")


class Asked:
    """A learner's middleware at work: the pauses that it made, the status that came."""

    def __init__(self, exercise, aiohttp_server):
        self.exercise, self.start = exercise, aiohttp_server
        self.pauses = []

    @property
    def place(self):
        """Where the learner's part is."""
        return self.exercise.Retry.__call__

    async def sleep(self, seconds):
        """Stand for `asyncio.sleep`: note how long, and do not wait."""
        self.pauses.append(seconds)

    async def send(self, moody, method="GET", **options):
        """Send a request to a server; return the status of the answer, or how it failed."""
        app = web.Application()
        app.add_routes([web.route("*", "/", moody.answer)])
        server = await self.start(app)
        return await self.send_to(server.make_url("/"), method, **options)

    async def send_to(self, url, method="GET", **options):
        """Send a request to an address."""
        retry = self.exercise.Retry(sleep=self.sleep, **options)
        async with asyncio.timeout(3), aiohttp.ClientSession(middlewares=(retry,)) as session:
            try:
                async with session.request(method, url) as response:
                    await response.read()
                    return response.status
            except aiohttp.ClientConnectionError:
                return "connection lost"


@pytest.fixture
def asked(exercise, aiohttp_server):
    """The learner's middleware in a session."""
    return Asked(exercise, aiohttp_server)


@pytest.mark.hint(
    "A loop around `response = await handler(request)`; leave it by `return response`.",
    "Return unless `response.status in PASSING`.",
)
async def test_again(asked):
    """After 503, 502 and 504 the request is sent again, until the answer is another."""
    moody = Moody(503, 502, 504, 200)
    assert await asked.send(moody) == 200
    assert moody.asked == ["GET"] * 4


@pytest.mark.hint(
    "Between two attempts it waits, by the function that the object was given.",
    "`await self.sleep(pause)`, and `pause *= 2` after it.",
    "`asyncio.sleep` cannot be tested without waiting; that is why there is `self.sleep`.",
)
async def test_pauses(asked):
    """Before each new attempt it pauses, twice as long each time: 0.5, 1, 2 seconds."""
    moody = Moody(503, 503, 503, 200)
    await asked.send(moody)
    assert asked.pauses == [0.5, 1.0, 2.0], cause(
        [0.5] * 3,
        what="Every pause is as long as the first one.",
        do="Double it after each: `pause *= 2`.",
        at=asked.place,
    ) | cause(
        [],
        when=len(moody.asked) > 1,
        what="It was sent again without a pause by `self.sleep`.",
        do="Write `await self.sleep(pause)` before the next attempt.",
        at=asked.place,
    )
    asked.pauses.clear()
    await asked.send(Moody(503, 503, 200), first=3)
    assert asked.pauses == [3, 6]


@pytest.mark.hint(
    "How does the loop know that this attempt was the last one?",
    "Count the attempts; after the last one return what came, without a pause.",
    "`left -= 1` before each attempt; after it `if not left or …: return response`, then"
    " the pause.",
)
async def test_gives_up(asked):
    """After `attempts` times 503 that is the answer; there is no pause after the last."""
    for attempts in 4, 2:
        moody = Moody(503)
        assert await asked.send(moody, attempts=attempts) == 503
        assert len(moody.asked) == attempts, cause(
            attempts + 1,
            what="It is sent once, and then `attempts` times more.",
            do="Count the first time as well: `left -= 1` before each, the first included.",
            at=asked.place,
        )
        assert len(asked.pauses) == attempts - 1, cause(
            attempts,
            what="It pauses after the last attempt, though nothing comes after it.",
            do="Return the answer to the last attempt above the line that sleeps.",
            at=asked.place,
        )
        asked.pauses.clear()


@pytest.mark.hint(
    "Which answers would be another one a second later?",
    "A page that is not there will not be there in a second. Only PASSING statuses come again.",
)
async def test_other_statuses(asked):
    """404, 400 and 500 are answers like 200: they are returned at once."""
    for status in 200, 404, 400, 500:
        moody = Moody(status, 200)
        assert await asked.send(moody) == status, cause(
            200,
            what=f"{status} was not returned: the request was sent again.",
            do="Send again only while `response.status in PASSING`.",
            at=asked.place,
        )
        assert len(moody.asked) == 1, f"{status} was asked for {len(moody.asked)} times."
    assert asked.pauses == []


@pytest.mark.hint(
    "`handler(request)` raises ClientConnectionError then: catch it around this one call.",
    "On the last attempt `raise` lets it go on.",
)
async def test_lost(asked, unused_tcp_port):
    """After a lost connection it tries again; where nobody listens, the last error is raised."""
    assert await asked.send(Moody(LOST, 200)) == 200
    assert asked.pauses == [0.5], cause(
        [],
        what="After a lost connection `handler(request)` raises, and nobody tries again.",
        do="Catch `ClientConnectionError` around `await handler(request)`, then pause and go on.",
        at=asked.place,
    )
    nobody = f"http://127.0.0.1:{unused_tcp_port}/"
    assert await asked.send_to(nobody, attempts=3, first=4) == "connection lost"
    assert asked.pauses == [0.5, 4, 8]


@pytest.mark.hint(
    "A second POST may do a thing twice. What must be looked at before the first attempt?",
    "`request.method` is a text. Whatever is not in HARMLESS has one attempt.",
    "`left = self.attempts if request.method in HARMLESS else 1`",
)
async def test_post(asked):
    """A POST is sent once, whatever comes; a HEAD is sent again."""
    for method, times in ("POST", 1), ("PATCH", 1), ("HEAD", 2):
        moody = Moody(503)
        assert await asked.send(moody, method, attempts=2) == 503
        assert len(moody.asked) == times, f"{method} was sent {len(moody.asked)} times." | cause(
            when=times == 1,
            what=f"{method} is not HARMLESS, and was sent again.",
            do="Give one attempt to what has not `request.method in HARMLESS`.",
            at=asked.place,
        )
    moody = Moody(LOST)
    assert await asked.send(moody, "POST") == "connection lost"
    assert len(moody.asked) == 1, "A POST whose connection was lost was sent again."
