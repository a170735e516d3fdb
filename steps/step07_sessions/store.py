"""How posts are kept in the database: each function is one statement and one trip."""

from collections.abc import Mapping

from aiosqlite import Connection

from .posts import Post

MAX_POSTS = 1000
"""So many posts fit in; a stranger cannot fill the disk."""


async def fetch(db: Connection, sql: str, values: Mapping[str, object]) -> list[Post]:
    """Run a statement and return the posts that it yields."""
    return [Post(*row) for row in await db.execute_fetchall(sql, values)]


async def list_from(db: Connection, offset: int, limit: int) -> list[Post]:
    """Return some posts, oldest first."""
    sql = """SELECT id, title, text, owner, editor FROM posts
             ORDER BY id LIMIT :limit OFFSET :offset"""
    return await fetch(db, sql, {"offset": offset, "limit": limit})


async def list_newest(db: Connection, offset: int, limit: int) -> list[Post]:
    """Return some posts, newest first."""
    sql = """SELECT id, title, text, owner, editor FROM posts
             ORDER BY id DESC LIMIT :limit OFFSET :offset"""
    return await fetch(db, sql, {"offset": offset, "limit": limit})


async def find(db: Connection, number: int) -> Post | None:
    """Return the post of that number, if there is one."""
    sql = "SELECT id, title, text, owner, editor FROM posts WHERE id = :id"
    return next(iter(await fetch(db, sql, {"id": number})), None)


async def add(db: Connection, fields: Mapping[str, str]) -> Post | None:
    """Keep a new post and return it, unless there is no room left."""
    sql = """INSERT INTO posts (title, text, owner, editor)
             SELECT :title, :text, :owner, :owner WHERE (SELECT count(*) FROM posts) < :most
             RETURNING id, title, text, owner, editor"""
    return next(iter(await fetch(db, sql, {"most": MAX_POSTS, **fields})), None)


async def change(db: Connection, number: int, fields: Mapping[str, str]) -> Post | None:
    """Change some fields of a post and return what became of it, if there is one."""
    sql = """UPDATE posts SET title = coalesce(:title, title), text = coalesce(:text, text),
             editor = coalesce(:editor, editor) WHERE id = :id
             RETURNING id, title, text, owner, editor"""
    values = {"title": None, "text": None, "editor": None, **fields, "id": number}
    return next(iter(await fetch(db, sql, values)), None)


async def remove(db: Connection, number: int) -> Post | None:
    """Take a post out and return what it was, if there was one."""
    sql = "DELETE FROM posts WHERE id = :id RETURNING id, title, text, owner, editor"
    return next(iter(await fetch(db, sql, {"id": number})), None)
