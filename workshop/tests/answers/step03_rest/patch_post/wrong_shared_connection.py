"""All requests share one connection, so one undoes what another has done.

check: test_at_once
says: A change was answered with 200 and is not stored
"""

import logging
from collections.abc import AsyncIterator
import os
from collections.abc import Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict

import aiosqlite
from aiohttp import web

from steps.step03_rest import store
from steps.step03_rest.config import CONFIG, from_environment
from steps.step03_rest.db import database
from steps.step03_rest.errors import answer_errors
from steps.step03_rest.parsing import ID, id_of, or_404, read_json, read_or_422
from steps.step03_rest.posts import LIMITS, text_of


DB = web.AppKey("db", aiosqlite.Connection)


async def connection(app: web.Application) -> AsyncIterator[None]:
    """Open the database once, for everybody."""
    async with aiosqlite.connect(app[CONFIG].data / "blog.db") as app[DB]:
        yield


@asynccontextmanager
async def transaction(request: web.Request) -> AsyncIterator[aiosqlite.Connection]:
    """Commit when all went well, roll back when not."""
    db = request.app[DB]
    try:
        yield db
        await db.commit()
    except BaseException:
        await db.rollback()
        raise


def read_changes(data: Mapping[str, object]) -> dict[str, str]:
    """Return the fields that are to change; raises ValueError, which says what is wrong."""
    if not data or not data.keys() <= SQL.keys():
        raise ValueError(f"Send {' or '.join(SQL)}, and nothing else")
    return {name: text_of(data, name, LIMITS[name]) for name in data}


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application(middlewares=[answer_errors])
    app[CONFIG] = from_environment()
    app.cleanup_ctx.extend([database, connection])
    app.add_routes(
        [
            web.get(f"/api/posts/{ID}", read_post),
            web.patch(f"/api/posts/{ID}", patch_post),
        ]
    )
    return app
