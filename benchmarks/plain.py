"""A minimal correct blog to compare with: one connection, one query per page, one template.

`python -m benchmarks.plain` reads the database of a step, and the sessions and logins of step 07.
"""

import logging
import os
import time
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import aiosqlite
import jinja2
from aiohttp import web
from aiohttp_session import get_session, setup

DB = web.AppKey("db", aiosqlite.Connection)
SESSIONS = web.AppKey("sessions", bool)
"""Whether the step that wrote the database has sessions."""
LIST = "SELECT id, title, text, owner, editor FROM posts ORDER BY id"
IMAGE = "SELECT etag, data FROM images WHERE post = ? AND size = 'picture'"
LOGIN = "SELECT name FROM logins WHERE token = ? AND since > ?"
LOGIN_SECONDS = 14 * 24 * 3600
ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, auto_reload=False
)
TEMPLATE = ENVIRONMENT.get_template("plain.html")


async def database(app: web.Application) -> AsyncIterator[None]:
    """Open the database at startup, close it at cleanup."""
    async with aiosqlite.connect(Path(os.environ["WORKSHOP_DATA"]) / "blog.db") as app[DB]:
        yield


async def user_of(request: web.Request) -> str | None:
    """Return the user of the session's login, or None."""
    token = (await get_session(request)).get("token")
    if not token:
        return None
    values = sha256(token.encode()).hexdigest(), int(time.time()) - LOGIN_SECONDS
    return next((row[0] for row in await request.app[DB].execute_fetchall(LOGIN, values)), None)


async def front(request: web.Request) -> web.Response:
    """Respond with the ten newest posts, and with the user if there are sessions."""
    rows = list(await request.app[DB].execute_fetchall(f"{LIST} DESC LIMIT 11"))
    user = await user_of(request) if request.app[SESSIONS] else None
    html = TEMPLATE.render(posts=rows[:10], more=len(rows) > 10, user=user)
    return web.Response(text=html, content_type="text/html")


async def listing(request: web.Request) -> web.Response:
    """Respond with a hundred posts as JSON."""
    names = ("id", "title", "text", "owner", "editor")
    rows = await request.app[DB].execute_fetchall(f"{LIST} LIMIT 100")
    posts = [dict(zip(names, row, strict=True)) for row in rows]
    return web.json_response({"posts": posts, "next": None})


async def picture(request: web.Request) -> web.Response:
    """Respond with the picture of a post, or 304 for a known ETag."""
    rows = list(await request.app[DB].execute_fetchall(IMAGE, (request.match_info["id"],)))
    if not rows:
        raise web.HTTPNotFound
    etag, data = rows[0]
    headers = {"ETag": f'"{etag}"'}
    if any(known.value == etag for known in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    return web.Response(body=data, content_type="image/webp", headers=headers)


def create_app() -> web.Application:
    """Make the application."""
    app = web.Application()
    key = Path(os.environ["WORKSHOP_DATA"]) / "session.key"
    app[SESSIONS] = key.exists()
    if app[SESSIONS]:
        # Imported here: steps 04 and 05 are measured without the memory of cryptography.
        from aiohttp_session.cookie_storage import EncryptedCookieStorage
        from cryptography.fernet import Fernet

        setup(app, EncryptedCookieStorage(Fernet(key.read_text()), cookie_name="blog"))
    app.cleanup_ctx.append(database)
    app.router.add_get("/", front)
    app.router.add_get("/api/posts", listing)
    app.router.add_get(r"/{id:\d+}/picture", picture)
    return app


if __name__ == "__main__":  # with the same log as a step
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ["PORT"]))
