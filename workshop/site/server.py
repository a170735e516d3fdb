"""The course's own web server: for now it shows the built pages, to this machine only."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

from workshop.machine import ports

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
HOSTS = frozenset({"127.0.0.1", "localhost"})


def build(root: Path) -> str | None:
    """Build the pages into docs/_build/html; return what went wrong, or None.

    Only what changed is built again.
    """
    target = root / "docs" / "_build" / "html"
    done = subprocess.run(  # noqa: S603 - our own program with our own arguments
        [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(root / "docs"), str(target)],
        cwd=root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return None if done.returncode == 0 else done.stderr.strip() or "sphinx ended without a word"


@web.middleware
async def only_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer only requests that name this machine: a foreign page may point its own name here."""
    if request.url.host not in HOSTS:
        raise web.HTTPForbidden(text="This course is served to the machine that it runs on.")
    return await handler(request)


def create_app(pages: Path) -> web.Application:
    """Return the application that serves a folder of built pages."""

    async def page(request: web.Request) -> web.StreamResponse:
        """Serve a file of the folder; a folder's index.html for its address."""
        name = request.match_info["path"]
        file = await asyncio.to_thread(_file, pages, name)
        if file is None:
            raise web.HTTPNotFound(text="There is no such page in this course.")
        if file.name == "index.html" and name and not name.endswith(("/", "index.html")):
            raise web.HTTPMovedPermanently(location=f"/{name}/")
        return web.FileResponse(file, headers={"Cache-Control": "no-cache"})

    app = web.Application(middlewares=[only_here])
    app.router.add_get("/{path:.*}", page)
    return app


def _file(pages: Path, name: str) -> Path | None:
    """Return the file that a path names, a folder's index.html too, or None; never one outside."""
    try:
        file = (pages / name).resolve()
        if file.is_dir():
            file /= "index.html"
        elif name.endswith("/"):
            return None
        return file if file.is_relative_to(pages.resolve()) and file.is_file() else None
    except (OSError, ValueError):
        return None


def serve(pages: Path, port: int) -> None:
    """Serve a folder of built pages on this machine until Ctrl-C."""
    web.run_app(create_app(pages), host=ports.HOST, port=port, print=None)
