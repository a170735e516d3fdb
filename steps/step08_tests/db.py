"""The database: one file, a few connections to it, each lent to one request at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import aiosqlite
from aiohttp import web
from aiohttp.typedefs import Handler

from .config import CONFIG
from .schema import SCHEMA

CONNECTIONS = 4
"""So many requests use the database at once; the others wait for their turn."""

PRAGMAS = """
PRAGMA foreign_keys = ON;     -- SQLite looks at them only when it is told to
PRAGMA synchronous = NORMAL;  -- safe with WAL, and faster
"""

CONNECTION = web.RequestKey("connection", aiosqlite.Connection)
POOL = web.AppKey("pool", asyncio.LifoQueue[aiosqlite.Connection])


async def database(app: web.Application) -> AsyncIterator[None]:
    """Keep the database open for as long as the app runs."""
    app[CONFIG].data.mkdir(parents=True, exist_ok=True)
    app[POOL] = asyncio.LifoQueue()
    async with AsyncExitStack() as stack:
        for _ in range(CONNECTIONS):
            opened = aiosqlite.connect(app[CONFIG].data / "blog.db", timeout=5)
            db = await stack.enter_async_context(opened)
            await db.executescript(PRAGMAS)
            app[POOL].put_nowait(db)
        await prepare(db)
        yield


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


@asynccontextmanager
async def transaction(request: web.Request) -> AsyncIterator[aiosqlite.Connection]:
    """Lend the request its connection; what it writes is kept, or not, when it has its answer."""
    if CONNECTION in request:
        yield request[CONNECTION]
        return
    request[CONNECTION] = db = await request.app[POOL].get()
    yield db
    if not db.in_transaction:  # it was only read: the next one may have it
        request.app[POOL].put_nowait(request.pop(CONNECTION))


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
        if CONNECTION in request:
            await end(request, keep=status < 400)


async def end(request: web.Request, keep: bool) -> None:
    """End the transaction of a request and give its connection back."""
    db = request.pop(CONNECTION)
    try:
        if keep:
            await db.commit()
    finally:
        await db.rollback()  # does nothing after a commit
        request.app[POOL].put_nowait(db)
