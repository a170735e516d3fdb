"""Let nobody ask too often.

In any `WINDOW` seconds a client may make `LIMIT` requests; one more is a 429, and its
`Retry-After` says in whole seconds when to come again. A refused request does not count.
A client is an address. Only what `proxies` say of others is believed, nobody's own header.
Remember at most `CLIENTS` of them: when one more comes, forget who was longest not here.
`request.app[CLOCK]()` is the time; the checks turn that clock.
"""

import itertools
import tracemalloc
from ipaddress import ip_network

import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=5, minutes=15, when="stretch")


FORGET = cause(
    what="The one who is forgotten is not the one who was longest not here.",
    do="Whoever asks goes to the end, `move_to_end(client)`. With more than CLIENTS, forget the"
    " first, and nobody else: `popitem(last=False)`.",
)


class Clock:
    """A clock that stands until it is turned."""

    now = 1000.0

    def __call__(self):
        """Return the time."""
        return self.now


@pytest.fixture(autouse=True)
def clock(app, exercise):
    """The clock of the application."""
    app[exercise.CLOCK] = clock = Clock()
    return clock


async def ask(client, times=1, **options):
    """Ask so many times; return the statuses."""
    return [(await client.get("/", **options)).status for _ in range(times)]


@pytest.mark.hint(
    "Four TODOs lead here. First let `limit` ask `request.app[LIMITER].wait(...)`, and refuse:"
    " `raise web.HTTPTooManyRequests(headers=...)`.",
    "In the Limiter: a dictionary with a `deque(maxlen=LIMIT)` of times for each client.",
    "With LIMIT times in it, the first of them says whether the client may come.",
)
async def test_one_too_many(client, exercise):
    """The first LIMIT requests are a 200, at once; one more is a 429."""
    assert await ask(client, exercise.LIMIT) == [200] * exercise.LIMIT
    assert await ask(client) == [429], cause(
        [403],
        what="403 says that it will never be allowed; this client has to wait.",
        do="Raise `web.HTTPTooManyRequests(…)`.",
    ) | cause(
        [200],
        what="One request more than LIMIT was let in.",
        do="With LIMIT times in it, the first of them says whether the client may come.",
    )


@pytest.mark.hint(
    "`Retry-After` is a whole number, and too short helps nobody: `math.ceil(seconds)`.",
    "The wait ends when the oldest of the times is WINDOW old.",
)
async def test_retry_after(client, clock):
    """Retry-After has whole seconds; who waits so long is let in, who waits less is not."""
    assert await ask(client) == [200]
    clock.now += 1
    assert await ask(client, 4) == [200] * 4
    clock.now += 2.2
    response = await client.get("/")
    assert response.status == 429
    assert response.headers.get("Retry-After") == "7", (
        cause(
            None,
            what="The refusal does not say when to come again.",
            do='Give the exception `headers={"Retry-After": …}`, the seconds as text.',
        )
        | cause(
            lambda came: "." in came or came == "6",
            what="Too short a wait leads to the next refusal, and a fraction is no whole number.",
            do="Round up: `str(math.ceil(seconds))`.",
        )
        | cause(
            "10",
            what="The wait was not counted from the clock of the application.",
            do="Hand `request.app[CLOCK]()` to the limiter.",
        )
    )
    clock.now += 6
    assert await ask(client) == [429]
    clock.now += 1
    assert await ask(client) == [200]


@pytest.mark.hint(
    "A count that starts anew every WINDOW seconds lets twice as many through around its start.",
    "Keep the time of each of the last LIMIT requests.",
)
async def test_any_stretch(client, clock):
    """One request, four more after 9 s: after 10 s only one is free again."""
    assert await ask(client) == [200]
    clock.now += 9
    assert await ask(client, 4) == [200] * 4
    clock.now += 1
    assert await ask(client, 2) == [200, 429], cause(
        [200, 200],
        what="The count began anew, so twice as many come through around that moment.",
        do="Keep the time of each of the last LIMIT requests, in a `deque(maxlen=LIMIT)`.",
    )


@pytest.mark.hint(
    "When is the time of a request noted: before it is let in, or after?",
    "Look first, and note the time only of a request that is let in.",
    "`return` the seconds to wait above the line with `times.append(now)`.",
)
async def test_refused_do_not_count(client, clock):
    """Who was refused for a while is let in when the time has come."""
    assert await ask(client, 5) == [200] * 5
    clock.now += 5
    assert await ask(client, 5) == [429] * 5
    clock.now += 5
    assert await ask(client, 5) == [200] * 5, "Refused requests were counted." | cause(
        what="Whoever asks while he has to wait has to wait anew.",
        do="Note the time only of a request that is let in: return the wait above that line.",
    )


@pytest.mark.hint(
    "`X-Forwarded-For` is written by whoever sends the request.",
    "`request.remote` is the address; `trust_proxies(proxies)` has looked at the rest.",
)
async def test_a_header_helps_nobody(client):
    """Another X-Forwarded-For each time: the sixth request is a 429 all the same."""
    for n in range(5):
        assert await ask(client, headers={"X-Forwarded-For": f"203.0.113.{n}"}) == [200]
    assert await ask(client, headers={"X-Forwarded-For": "203.0.113.9"}) == [429], cause(
        [200],
        what="The address was taken from a header that anybody can write.",
        do="Ask `request.remote`; `trust_proxies(proxies)` sets it where a proxy of ours says so.",
    )


@pytest.mark.hint(
    "Behind a proxy all requests come from one address: its own.",
    "The first middleware of the list is the outermost: `trust_proxies(proxies)`, then `limit`.",
)
async def test_behind_a_proxy(exercise, aiohttp_client):
    """Two clients behind a proxy of ours have a limit each."""
    app = exercise.create_app([ip_network("127.0.0.1")])
    app[exercise.CLOCK] = Clock()
    client = await aiohttp_client(app)
    ada, grace = ({"X-Forwarded-For": f"203.0.113.{n}"} for n in (1, 2))
    for who in ada, grace:
        statuses = await ask(client, 6, headers=who)
        assert statuses[0] == 200, "A client was refused for what another one did." | cause(
            what="All clients behind the proxy were taken for one.",
            do="Let `trust_proxies(proxies)` stand first, outermost; then `limit` finds the address"
            " of the client in `request.remote`.",
        )
        assert statuses == [200] * 5 + [429]


@pytest.mark.hint(
    "Look at the number of clients when one more comes: never more than CLIENTS.",
    "A client that asks a thousand times must not be remembered a thousand times.",
    "`OrderedDict` has `popitem(last=False)`; a deque with a `maxlen` is bounded by itself.",
)
async def test_memory(client, exercise):
    """More and more clients take no more memory, nor does one that asks without end."""
    limiter, used = exercise.Limiter(), []
    assert await ask(client, 6) == [200] * 5 + [429]
    tracemalloc.start()
    try:
        for crowd in range(1), range(1, 3):
            for n in crowd:
                for one in range(exercise.CLIENTS):
                    limiter.wait(f"client {n} {one}", 1000.0)
            used.append(tracemalloc.get_traced_memory()[0])
        for n in range(1000):
            limiter.wait("Eve", 1000 + n / 1000)
        used.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert used[1] < 1.5 * used[0], "Clients are remembered without end." | cause(
        what="More clients than CLIENTS are kept.",
        do="When one more comes, forget the first: `OrderedDict` has `popitem(last=False)`.",
    )
    assert used[2] < used[1] + 20_000, "Requests of one client are remembered without end." | cause(
        what="More times than LIMIT are kept of a client.",
        do="A `deque(maxlen=LIMIT)` keeps the last ones; note none of a request that is refused.",
    )


@pytest.mark.hint(
    "`clear()` would forget all, and Eve could ask anew.",
    "Who comes goes to the end: `move_to_end(client)`; who is first was longest not here.",
)
async def test_who_is_forgotten(client, exercise):
    """One client too many: who was longest not here is forgotten; not who comes, nor who asks."""
    assert await ask(client, 6) == [200] * 5 + [429]
    limiter, times = exercise.Limiter(), itertools.count(1000.0, 0.001)
    for name in ["Ada", "Grace"] * exercise.LIMIT:
        assert limiter.wait(name, next(times)) == 0
    for n in range(exercise.CLIENTS - 2):
        limiter.wait(f"client {n}", next(times))
    assert limiter.wait("Ada", next(times)) > 0, (
        "Ada was forgotten before there was one too many." | FORGET
    )
    come = [limiter.wait("Alan", next(times)) for _ in range(exercise.LIMIT + 1)]
    assert come[-1] > 0, "Alan, who has just come, was forgotten: he may ask without end." | FORGET
    assert limiter.wait("Grace", next(times)) == 0, (
        "Grace was longest not here: forget her." | FORGET
    )
    limiter = exercise.Limiter()
    assert [limiter.wait("Eve", 1000.0) for _ in range(exercise.LIMIT)] == [0] * exercise.LIMIT
    for n in range(1, 2 * exercise.CLIENTS):
        limiter.wait(f"client {n}", 1000 + n / 1000)
        if n % 500 == 0:
            wait = limiter.wait("Eve", 1000 + n / 1000)
            assert wait > 0, "Eve was forgotten, though she was here a moment ago." | FORGET
