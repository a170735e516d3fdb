"""A sound app for posts in a database."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiosqlite
from aiohttp import web


class Notebook:
    """A sound app for posts in a database; a broken app overrides one method."""

    def __init__(self, data: Path) -> None:
        data.mkdir()
        self.file = data / "blog.db"
        with sqlite3.connect(self.file) as db:
            db.execute("CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)")
            db.executemany("INSERT INTO posts (title) VALUES (?)", [("Notes",), ("A moth",)])
        db.close()

    def app(self) -> web.Application:
        app = web.Application()
        app.cleanup_ctx.append(self.shared)
        app.router.add_get("/{id:[1-9][0-9]*}", self.read)
        app.router.add_get("/api/posts/{id:[1-9][0-9]*}", self.read)
        app.router.add_delete("/api/posts/{id:[1-9][0-9]*}", self.delete)
        app.router.add_post("/{id:[1-9][0-9]*}/delete", self.delete)
        app.router.add_post("/new", self.create)
        return app

    async def shared(self, app: web.Application) -> AsyncIterator[None]:
        """Open the connection that broken apps share between requests."""
        async with aiosqlite.connect(self.file, timeout=0) as self.db:
            yield

    @asynccontextmanager
    async def transaction(self, request: web.Request) -> AsyncIterator[aiosqlite.Connection]:
        async with aiosqlite.connect(self.file) as db:
            yield db
            await db.commit()

    async def read(self, request: web.Request) -> web.Response:
        async with self.transaction(request) as db:
            sql = "SELECT title FROM posts WHERE id = ?"
            rows = list(await db.execute_fetchall(sql, [request.match_info["id"]]))
        if not rows:
            raise web.HTTPNotFound
        return web.Response(text=rows[0][0])

    async def delete(self, request: web.Request) -> web.Response:
        async with self.transaction(request) as db:
            await db.execute("DELETE FROM posts WHERE id = ?", [request.match_info["id"]])
        return web.Response(status=204)

    async def create(self, request: web.Request) -> web.Response:
        title = (await request.post()).get("title")
        if not title:
            raise web.HTTPUnprocessableEntity(text="A post needs a title")
        async with self.transaction(request) as db:
            await db.execute("INSERT INTO posts (title) VALUES (?)", [title])
        raise web.HTTPSeeOther("/")
