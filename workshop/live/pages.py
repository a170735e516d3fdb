"""The built pages of the site, as files; they know that a course stands behind them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from aiohttp import web

from workshop.live.content_policy import HASHES, hashes_of

PAGES = web.AppKey("pages", Path)
AGAIN = {"Cache-Control": "no-cache"}
SERVED = '<head>\n<meta name="workshop-course" content="{origin}">'
"""By which a page knows that a course serves it: a copy elsewhere lacks it and asks nobody."""
MISSING = """<!doctype html>
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
    file = await asyncio.to_thread(find, request.app[PAGES], name)
    if file is None:
        raise missing()
    if file.name == "index.html" and name and not name.endswith(("/", "index.html")):
        raise web.HTTPMovedPermanently(location=f"/{name}/")
    if file.suffix != ".html":
        return web.FileResponse(file, headers=AGAIN)
    try:
        text = await asyncio.to_thread(file.read_text, "utf-8", "replace")
    except OSError as error:  # it is being built again
        raise missing() from error
    served = text.replace("<head>", SERVED.format(origin=f"http://{request.host}"), 1)
    response = web.Response(text=served, content_type="text/html", headers=AGAIN)
    response[HASHES] = await asyncio.to_thread(hashes_of, file)
    return response


def missing() -> web.HTTPNotFound:
    """Return the answer for an address at which nothing is."""
    return web.HTTPNotFound(text=MISSING, content_type="text/html")


def find(pages: Path, name: str) -> Path | None:
    """Return the file that a path names, a folder's index.html too, or None.

    Never one outside, and none that Sphinx keeps for itself: their names begin with a dot.
    """
    try:
        file = (pages / name).resolve()
        if file.is_dir():
            file /= "index.html"
        elif name.endswith("/"):
            return None
        return file if inside(file, pages) and shown(file, pages) and file.is_file() else None
    except (OSError, ValueError):
        return None


def inside(file: Path, folder: Path) -> bool:
    """Whether a file lies in a folder, links followed."""
    return file.resolve().is_relative_to(folder.resolve())


def shown(file: Path, folder: Path) -> bool:
    """Whether neither a file nor a folder on the way to it is hidden by a dot."""
    way = file.parts[len(folder.resolve().parts) :]
    return not any(part.startswith(".") for part in way)
