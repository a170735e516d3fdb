"""The built pages of the site, as files."""

from __future__ import annotations

import asyncio
from pathlib import Path

from aiohttp import web

from workshop.live.policy import HASHES, hashes_of

PAGES = web.AppKey("pages", Path)


async def page(request: web.Request) -> web.StreamResponse:
    """Serve a file of the folder; a folder's index.html for its address."""
    name = request.match_info["path"]
    file = await asyncio.to_thread(find, request.app[PAGES], name)
    if file is None:
        raise web.HTTPNotFound(text="There is no such page in this course.")
    if file.name == "index.html" and name and not name.endswith(("/", "index.html")):
        raise web.HTTPMovedPermanently(location=f"/{name}/")
    response = web.FileResponse(file, headers={"Cache-Control": "no-cache"})
    response[HASHES] = await asyncio.to_thread(hashes_of, file)
    return response


def find(pages: Path, name: str) -> Path | None:
    """Return the file that a path names, a folder's index.html too, or None; never one outside."""
    try:
        file = (pages / name).resolve()
        if file.is_dir():
            file /= "index.html"
        elif name.endswith("/"):
            return None
        return file if inside(file, pages) and file.is_file() else None
    except (OSError, ValueError):
        return None


def inside(file: Path, folder: Path) -> bool:
    """Whether a file lies in a folder, links followed."""
    return file.resolve().is_relative_to(folder.resolve())
