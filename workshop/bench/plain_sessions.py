"""The plain blog for users: it reads the cookie and the logins that step 07 made.

Run as `python -m workshop.bench.plain_sessions`.
"""

import os
import time
from hashlib import sha256
from pathlib import Path

from aiohttp import web
from aiohttp_session import get_session, setup
from aiohttp_session.cookie_storage import EncryptedCookieStorage
from cryptography.fernet import Fernet

from workshop.bench.plain import DB, LIST, TEMPLATE, database, main

LOGIN = "SELECT name FROM logins WHERE token = ? AND since > ?"
LASTING = 14 * 24 * 3600
"""So many seconds a login lasts."""


async def user_of(request: web.Request) -> str | None:
    """Return the name of the user whose login the session holds, if there is one."""
    token = (await get_session(request)).get("token")
    if not token:
        return None
    values = sha256(token.encode()).hexdigest(), int(time.time()) - LASTING
    return next((row[0] for row in await request.app[DB].execute_fetchall(LOGIN, values)), None)


async def front(request: web.Request) -> web.Response:
    """Show the ten newest posts, and who looks at them."""
    rows = list(await request.app[DB].execute_fetchall(f"{LIST} DESC LIMIT 11"))
    user = await user_of(request)
    html = TEMPLATE.render(posts=rows[:10], more=len(rows) > 10, user=user)
    return web.Response(text=html, content_type="text/html")


def create_app() -> web.Application:
    """Make the application."""
    app = web.Application()
    key = (Path(os.environ["WORKSHOP_DATA"]) / "session.key").read_text()
    setup(app, EncryptedCookieStorage(Fernet(key), cookie_name="blog"))
    app.cleanup_ctx.append(database)
    app.router.add_get("/", front)
    return app


if __name__ == "__main__":
    main(create_app())
