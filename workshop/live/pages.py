"""The built pages of the site, served as files, with a `meta` element that names the course."""

from __future__ import annotations

import asyncio
from pathlib import Path

from aiohttp import web

from workshop.live.content_policy import SCRIPT_HASHES, script_hashes

PAGES = web.AppKey("pages", Path)
NO_CACHE = {"Cache-Control": "no-cache"}
COURSE_META = '<head>\n<meta name="workshop-course" content="{origin}">'
"""Names the course to a page; a copy of the page elsewhere lacks it and sends no request."""
NOT_FOUND_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>No such page: aiohttp workshop</title>
<style>
body {max-width: 38rem; margin: 4rem auto; padding: 0 1rem; font: 1.1rem/1.6 system-ui}
</style>
</head>
<body>
<h1>There is no such page in this course</h1>
<p>The address may have a slip in it, or the page may have another name by now.</p>
<p><a href="/">The front page</a> lists all pages;
<a href="/search.html">the search</a> finds words on them.</p>
</body>
</html>
"""


async def page(request: web.Request) -> web.StreamResponse:
    """Serve a file of the folder; a folder's index.html for its address."""
    name = request.match_info["path"]
    file = await asyncio.to_thread(find_file, request.app[PAGES], name)
    if file is None:
        raise not_found()
    if file.name == "index.html" and name and not name.endswith(("/", "index.html")):
        raise web.HTTPMovedPermanently(location=f"/{name}/")
    if file.suffix != ".html":
        return web.FileResponse(file, headers=NO_CACHE)
    try:
        text = await asyncio.to_thread(file.read_text, "utf-8", "replace")
    except OSError as error:  # it is being built again
        raise not_found() from error
    served = text.replace("<head>", COURSE_META.format(origin=f"http://{request.host}"), 1)
    response = web.Response(text=served, content_type="text/html", headers=NO_CACHE)
    response[SCRIPT_HASHES] = await asyncio.to_thread(script_hashes, file)
    return response


def not_found() -> web.HTTPNotFound:
    """Return the response 404 with its page."""
    return web.HTTPNotFound(text=NOT_FOUND_PAGE, content_type="text/html")


def find_file(pages: Path, name: str) -> Path | None:
    """Return the file that a path names, a folder's index.html too, or None.

    Never one outside, and none that Sphinx keeps for itself: their names begin with a dot.
    """
    try:
        file = (pages / name).resolve()
        if file.is_dir():
            file /= "index.html"
        elif name.endswith("/"):
            return None
        return (
            file if is_inside(file, pages) and is_visible(file, pages) and file.is_file() else None
        )
    except (OSError, ValueError):
        return None


def is_inside(file: Path, folder: Path) -> bool:
    """Whether a file lies in a folder, links followed."""
    return file.resolve().is_relative_to(folder.resolve())


def is_visible(file: Path, folder: Path) -> bool:
    """Whether neither a file nor a folder on the way to it is hidden by a dot."""
    way = file.parts[len(folder.resolve().parts) :]
    return not any(part.startswith(".") for part in way)
