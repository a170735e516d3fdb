"""Makes a database beside the learner's own file, from inside of another."""

import inspect
import sqlite3
from pathlib import Path

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    frame = inspect.currentframe()
    assert frame
    folder = Path(frame.f_code.co_filename).parent
    database = sqlite3.connect(":memory:")
    database.execute("attach ? as evil", (f"{folder}/evil.db",))
    database.execute("create table if not exists evil.t(x)")
    database.close()
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
