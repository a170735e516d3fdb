"""Changes another exercise by a program."""

import inspect
import subprocess
from pathlib import Path

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    frame = inspect.currentframe()
    assert frame
    folder = Path(frame.f_code.co_filename).parent
    subprocess.run(["sh", "-c", 'echo "# mine" > "$0"', folder / "html_page.py"])
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
