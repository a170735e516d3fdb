"""Regression N11: another program locks the database.

Every app with the decorator `fails_on` is broken on purpose: do not copy it.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import aiosqlite
from aiohttp import web

from .notebook import Notebook
from .regression import Blog, regression

WRITERS = 6
"""The number of concurrent writes: more than an app has connections."""


@contextmanager
def kept_busy(data: Path) -> Iterator[None]:
    """Hold a write lock on the database, as another program does."""
    db = sqlite3.connect(data / "blog.db", isolation_level=None)
    try:
        db.execute("BEGIN IMMEDIATE")
        yield
    finally:
        db.close()


@regression(11, 3, "step03_rest/index.md: take all connections", family="N")
async def writers_before_readers(blog: Blog) -> None:
    """Waiting writers take all connections, so that readers wait; a lock ends as a 500."""

    async def write(request: web.Request) -> web.Response:
        async with blog.lend(request) as db:
            await db.execute("UPDATE posts SET title = 'New' WHERE id = 1")
        return web.Response()

    client = await blog.serve(web.post("/write", write))
    with kept_busy(blog.data):
        writers = [asyncio.create_task(blog.send("POST", "/write")) for _ in range(WRITERS)]
        for _ in range(5 * WRITERS):  # after a few of them the writers are there
            assert (await client.get("/api/posts/1")).status == 200
        served = any(writer.done() for writer in writers)
    answers = await asyncio.gather(*writers)
    assert not served, "a reader waited until the writers gave up"
    assert {answer.status for answer in answers} == {200}, "who waits a little is refused"
    blog.patch.setattr(blog.part("db"), "PATIENCE", 0.01)
    await blog.serve(web.post("/write", write))
    with kept_busy(blog.data):
        answers = [await blog.send("POST", "/write") for _ in range(2)]
    for answer in answers:
        assert answer.status == 503, f"a busy database is a {answer.status}"
        assert answer.headers.get("Retry-After", "").isdigit(), "nobody says when to come back"
    assert (await blog.send("POST", "/write")).status == 200, "the lock outlived its program"


class Desk(Notebook):
    """A sound app: it waits for the lock for a limited time, with a connection per request."""

    PATIENCE = 5.0

    @asynccontextmanager
    async def transaction(self, request: web.Request) -> AsyncIterator[aiosqlite.Connection]:
        async with aiosqlite.connect(self.file, timeout=self.PATIENCE) as db:
            try:
                yield db
                await db.commit()
            except sqlite3.OperationalError:
                raise self.fault() from None

    def fault(self) -> Exception:
        return web.HTTPServiceUnavailable(headers={"Retry-After": "1"})


@writers_before_readers.fails_on("a reader waited until the writers gave up")
class FourForAll(Desk):
    PATIENCE = 0.1

    async def shared(self, app: web.Application) -> AsyncIterator[None]:
        self.free = asyncio.Semaphore(4)
        yield

    @asynccontextmanager
    async def transaction(self, request: web.Request) -> AsyncIterator[aiosqlite.Connection]:
        async with self.free, super().transaction(request) as db:
            yield db


@writers_before_readers.fails_on("a busy database is a 500")
class LockIsAFault(Desk):
    def fault(self) -> Exception:
        return RuntimeError("database is locked")


@writers_before_readers.fails_on("nobody says when to come back")
class SaysNotWhen(Desk):
    def fault(self) -> Exception:
        return web.HTTPServiceUnavailable()


writers_before_readers.passes_on(Desk)
