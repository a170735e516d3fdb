"""Regressions of transactions: T12, T15, T25.

Every app with the decorator `fails_on` is broken on purpose: do not copy it.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiosqlite
from aiohttp import web
from aiohttp.typedefs import Handler

from .notebook import Notebook
from .regression import POST, Blog, regression


def is_locked(data: Path) -> bool:
    """Return whether another program would have to wait for the write lock."""
    db = sqlite3.connect(data / "blog.db", timeout=0)
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    finally:
        db.close()
    return False


@regression(
    12,
    3,
    "step03_rest/create_post/wrong_commit_forgotten",
    "step03_rest/index.md: after a restart the row is gone",
    "step04_templates/index.md: back after a restart",
)
async def no_commit(blog: Blog) -> None:
    """Deleted posts come back after a restart, and the database stays locked."""
    client = await blog.serve()
    assert (await blog.send("DELETE", "/api/posts/1")).status == 204
    locked = is_locked(blog.data)
    await client.close()
    again = await blog.serve()
    assert (await again.get("/api/posts/1")).status == 404, "the post came back after a restart"
    assert not locked, "the database is locked for others"


@no_commit.fails_on("the post came back")
class CommitForgotten(Notebook):
    @asynccontextmanager
    async def transaction(self, request: web.Request) -> AsyncIterator[aiosqlite.Connection]:
        yield self.db


@no_commit.fails_on("locked for others")
class CommitAtTheStop(CommitForgotten):
    async def shared(self, app: web.Application) -> AsyncIterator[None]:
        async with aiosqlite.connect(self.file) as self.db:
            yield
            await self.db.commit()


@regression(
    15,
    3,
    "step03_rest/index.md: made Ada's half a change permanent",
    "step03_rest/patch_post/wrong_shared_connection",
)
async def one_connection_for_all(blog: Blog) -> None:
    """Two requests share a connection, and one commits the unfinished work of the other."""
    started, go = asyncio.Event(), asyncio.Event()

    async def half(request: web.Request) -> web.Response:
        async with blog.lend(request) as db:
            await db.execute("UPDATE posts SET title = 'Half a change' WHERE id = 1")
            started.set()
            await go.wait()
            raise web.HTTPConflict

    async def read() -> str:
        return await (await client.get("/api/posts/1")).text()

    client = await blog.serve(web.post("/half", half))
    asking = asyncio.create_task(blog.send("POST", "/half"))
    await started.wait()
    meanwhile = await read()
    go.set()
    assert (await asking).status == 409
    assert "Half" not in await read(), "another's commit made half a change last"
    assert "Half" not in meanwhile, "half a change was seen from outside"


@one_connection_for_all.fails_on("made half a change last")
class SharedConnection(Notebook):
    @asynccontextmanager
    async def transaction(self, request: web.Request) -> AsyncIterator[aiosqlite.Connection]:
        try:
            yield self.db
            await self.db.commit()
        except web.HTTPException:
            await self.db.rollback()
            raise


@one_connection_for_all.fails_on("was seen from outside")
class SharedAndRead(SharedConnection):
    async def read(self, request: web.Request) -> web.Response:
        rows = await self.db.execute_fetchall("SELECT title FROM posts")
        return web.Response(text=next(iter(rows))[0])


@regression(
    25,
    6,
    "step03_rest/index.md: A redirect is an exception too",
    "step06_middlewares/index.md: every good form is undone",
)
async def rollback_of_redirects(blog: Blog) -> None:
    """The transaction middleware rolls back after a redirect, and two requests at once fail."""
    started, go = asyncio.Event(), asyncio.Event()

    async def slow(request: web.Request) -> web.Response:
        started.set()
        await go.wait()
        return web.Response()

    client = await blog.serve(web.post("/slow", slow))
    waiting = asyncio.create_task(blog.send("POST", "/slow"))
    await started.wait()
    status = (await blog.form("/new", **POST)).status
    go.set()
    await waiting
    assert status == 303, f"while another request runs, a good form is a {status}"
    assert (await client.get("/3")).status == 200, "the redirect undid the post"
    answers = await asyncio.gather(*(blog.form("/new", **POST) for _ in range(8)))
    assert {answer.status for answer in answers} == {303}
    assert (await client.get("/11")).status == 200


class Ledger(Notebook):
    """A sound app: a middleware begins and ends a transaction for each request."""

    def app(self) -> web.Application:
        app = super().app()
        app.middlewares.append(self.around)
        return app

    @web.middleware
    async def around(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        raise NotImplementedError


@rollback_of_redirects.fails_on("the redirect undid the post")
class RollsBackRedirects(Ledger):
    @asynccontextmanager
    async def transaction(self, request: web.Request) -> AsyncIterator[aiosqlite.Connection]:
        yield self.db

    @web.middleware
    async def around(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            response = await handler(request)
            await self.db.commit()
            return response
        except Exception:
            await self.db.rollback()
            raise


@rollback_of_redirects.fails_on("while another request runs, a good form is a 500")
class BeginsOnOneConnection(RollsBackRedirects):
    @web.middleware
    async def around(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        await self.db.execute("BEGIN")
        try:
            return await handler(request)
        finally:
            await self.db.commit()


for harmless in no_commit, one_connection_for_all, rollback_of_redirects:
    harmless.passes_on(Notebook)
