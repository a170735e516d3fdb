"""What the suites in this folder share: a clock that nobody waits for, and a page server."""

import asyncio
import heapq
import itertools
import time
from collections.abc import Awaitable, Callable, Coroutine
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from aiohttp import web

from workshop.recorder.plugin import Recorder

if TYPE_CHECKING:
    from pytest_aiohttp.plugin import AiohttpServer

T = TypeVar("T")
TURNS = 20
"""After so many turns of the loop, whoever can go on has gone on."""
PATIENCE = 600
"""After so many turns in which no request came, none will come."""


class Clock:
    """Time that passes only when all wait: a sleep of an hour takes a moment."""

    def __init__(self, still: Callable[[float], None]) -> None:
        self.now: float = 0
        self._still = still
        self._number = itertools.count()
        self._sleeping: list[tuple[float, int, asyncio.Future[None]]] = []

    async def sleep(self, seconds: float, result: object = None) -> object:
        """Stand for `asyncio.sleep`."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return result
        awake = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleeping, (self.now + seconds, next(self._number), awake))
        await awake
        return result

    def stand_still(self, seconds: float) -> None:
        """Stand for `time.sleep`: nobody else does anything meanwhile, and the report says so."""
        self.now += seconds
        self._still(seconds)

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do the work; whenever all wait, go on to the moment when the next one wakes up."""
        task = asyncio.ensure_future(work)
        async with asyncio.timeout(2):
            while not task.done():
                for _ in range(TURNS):
                    await asyncio.sleep(0)
                if self._sleeping:
                    at, _, awake = heapq.heappop(self._sleeping)
                    if not awake.done():
                        self.now = max(self.now, at)
                        awake.set_result(None)
        return task.result()


Swap = Callable[..., None]


@pytest.fixture
def swap(exercise: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Swap:
    """Let the learner's code, and no other, find something else under the names of a module."""

    def change(module: ModuleType, **names: object) -> None:
        other = SimpleNamespace(**{**vars(module), **names})
        instead = {id(module): other, **{id(vars(module)[n]): new for n, new in names.items()}}
        for name, value in list(vars(exercise).items()):
            if id(value) in instead:
                monkeypatch.setattr(exercise, name, instead[id(value)])

    return change


@pytest.fixture
def clock(swap: Swap, recorder: Recorder) -> Clock:
    """The clock by which the learner's code sleeps."""
    made = Clock(recorder.loop_stalls.add_blocked_seconds)
    swap(asyncio, sleep=made.sleep)
    swap(time, sleep=made.stand_still)
    return made


class Pages:
    """A page server that remembers what it saw.

    It answers nobody until `gate` requests are open at once, or until no more come: all that are
    `expected` came, or the loop turned often enough without another one.
    Client and server share a loop, so turns of it are a better measure than seconds.
    """

    def __init__(self, gate: int = 1, expected: int | None = None) -> None:
        self.refusals: dict[int, int] = {}
        """Status by number, for pages that it refuses."""
        self.most = 0
        """So many requests were open at once."""
        self.asked: list[int] = []
        self._open = 0
        self._gate = gate
        self._expected = expected
        self._given_up = False

    async def answer(self, request: web.Request) -> web.Response:
        """Answer with a page, once enough are asked for."""
        number = int(request.match_info["number"])
        self.asked.append(number)
        self._open += 1
        self.most = max(self.most, self._open)
        try:
            await self._wait()
        finally:
            self._open -= 1
        status = self.refusals.get(number, 200)
        return web.Response(status=status, text=text_of(number))

    async def _wait(self) -> None:
        seen, turns = 0, 0
        while self._open < self._gate and turns < PATIENCE and not self._given_up:
            if len(self.asked) == self._expected:
                break
            turns = turns + 1 if seen == len(self.asked) else 0
            seen = len(self.asked)
            await asyncio.sleep(0)
        self._given_up = self._open < self._gate
        for _ in range(3 * TURNS):  # who is on the way arrives
            await asyncio.sleep(0)


def text_of(number: int) -> str:
    """Return what stands on a page."""
    return f"What happened on day {number * 7 % 365}.\n"


@pytest.fixture
def serve(aiohttp_server: "AiohttpServer") -> Callable[[Pages], Awaitable[str]]:
    """Start a page server, and give its address."""

    async def start(pages: Pages) -> str:
        app = web.Application()
        app.add_routes([web.get("/pages/{number:[0-9]+}", pages.answer)])
        server = await aiohttp_server(app)
        return str(server.make_url("")).rstrip("/")

    return start


@pytest.fixture
def pages_type() -> type[Pages]:
    """The page server's class: suites cannot import from here."""
    return Pages
