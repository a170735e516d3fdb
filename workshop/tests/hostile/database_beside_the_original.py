"""Makes a database beside the learner's own file, by its address."""

import inspect
import sqlite3
from pathlib import Path

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    frame = inspect.currentframe()
    assert frame
    folder = Path(frame.f_code.co_filename).parent
    database = sqlite3.connect(f"file:{folder}/evil.db?mode=rwc", uri=True)
    database.execute("create table if not exists t(x)")
    database.close()
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
