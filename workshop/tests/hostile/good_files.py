"""Reads and writes files: beside its own, in the working directory, in the system's folder for such."""

import tempfile
from pathlib import Path

from aiohttp import web

HERE = Path(__file__).parent


async def index(request: web.Request) -> web.Response:
    (HERE / "name.txt").write_text("Ada", encoding="utf-8")
    Path("visits.txt").write_text("1", encoding="utf-8")
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"Ada")
    assert Path(__file__).name == "plain_text.py"
    assert (HERE / "name.txt").read_text(encoding="utf-8") == "Ada"
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
