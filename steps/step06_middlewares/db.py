"""The database: one file, a few connections to it, each lent to one request at a time."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager, suppress
from pathlib import Path

import aiosqlite
from aiohttp import web
from aiohttp.typedefs import Handler

from .config import CONFIG, usage_error
from .schema import SCHEMA

CONNECTIONS = 4
"""So many requests read at once, while one writes; the others wait for their turn."""
PATIENCE = 5
"""So many seconds a request waits for its turn, and SQLite for other programs."""

PRAGMAS = """
PRAGMA foreign_keys = ON;     -- SQLite looks at them only when it is told to
PRAGMA synchronous = NORMAL;  -- faster; the last commits may go when the power does
"""

CONNECTION = web.RequestKey("connection", aiosqlite.Connection)
Pool = asyncio.LifoQueue[aiosqlite.Connection]
POOL = web.AppKey("pool", Pool)
WRITER = web.AppKey("writer", Pool)


async def database(app: web.Application) -> AsyncIterator[None]:
    """Keep the database open for as long as the app runs."""
    path = app[CONFIG].data / "blog.db"
    app[POOL], app[WRITER] = Pool(), Pool()
    async with AsyncExitStack() as stack:
        try:
            await asyncio.to_thread(try_out, path)
            for pool in [app[WRITER], *[app[POOL]] * CONNECTIONS]:
                db = await stack.enter_async_context(aiosqlite.connect(path, timeout=PATIENCE))
                await db.executescript(PRAGMAS)
                pool.put_nowait(db)
            await prepare(db)
        except (OSError, aiosqlite.Error) as error:
            usage_error(f"{path} cannot be used: {error}. Move it, or set WORKSHOP_DATA.")
        yield


def try_out(path: Path) -> None:
    """Make the folder and open the file once; raises what stands against it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA schema_version")  # the first that reads the file


async def prepare(db: aiosqlite.Connection) -> None:
    """Make the tables that the file has not got yet; it remembers how many statements it has."""
    with suppress(aiosqlite.OperationalError):  # another server, starting now, is faster
        await db.execute_fetchall("PRAGMA journal_mode = WAL")  # so readers do not wait
    await db.execute("BEGIN IMMEDIATE")
    [(known,)] = await db.execute_fetchall("PRAGMA user_version")
    for statement in SCHEMA[known:]:
        await db.execute(statement)
    await db.execute(f"PRAGMA user_version = {max(known, len(SCHEMA))}")
    await db.commit()


def pool_of(request: web.Request) -> Pool:
    """Return the pool of the readers, or that of the writers: neither waits for the other."""
    return request.app[POOL if request.method in {"GET", "HEAD"} else WRITER]


async def borrow(request: web.Request) -> aiosqlite.Connection:
    """Return a connection; whoever has waited too long for it is told to come back."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await pool_of(request).get()
    except TimeoutError:
        raise busy() from None


@asynccontextmanager
async def connection(request: web.Request) -> AsyncIterator[aiosqlite.Connection]:
    """Lend the request its connection; what it writes is kept, or not, when it has its answer."""
    if CONNECTION in request:
        yield request[CONNECTION]
        return
    request[CONNECTION] = db = await borrow(request)
    with told_when_busy():
        yield db
    if not db.in_transaction:  # it was only read: the next one may have it
        pool_of(request).put_nowait(request.pop(CONNECTION))


@web.middleware
async def end_transactions(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Keep what a request wrote when all went well; a redirect is no fault."""
    status = 500
    try:
        response = await handler(request)
        status = response.status
        return response
    except web.HTTPException as error:
        status = error.status
        raise
    finally:
        await end(request, keep=status < 400)


async def end(request: web.Request, keep: bool) -> None:
    """End the transaction of a request, if it has one, and give its connection back."""
    if CONNECTION not in request:
        return
    db = request.pop(CONNECTION)
    try:
        if keep:
            with told_when_busy():
                await db.commit()
    finally:
        try:
            await db.rollback()  # does nothing after a commit
        finally:
            pool_of(request).put_nowait(db)


@contextmanager
def told_when_busy() -> Iterator[None]:
    """Answer 503 when another program has kept the database to itself for too long."""
    try:
        yield
    except aiosqlite.OperationalError as error:
        if not getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            raise
        raise busy() from None


def busy() -> web.HTTPServiceUnavailable:
    """Return the answer for whoever has waited too long: nothing was done, come back."""
    text = "The database is busy; try again in a second"
    return web.HTTPServiceUnavailable(text=text, headers={"Retry-After": "1"})
