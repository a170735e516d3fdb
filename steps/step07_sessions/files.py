"""Files that belong to a post: kept in a folder of their own, and sent back."""

import asyncio
import shutil
from pathlib import Path
from secrets import token_hex

from aiohttp import web

from . import store
from .config import CONFIG
from .db import connection, end
from .login import own_post, require_login
from .parsing import ID, id_of, or_404
from .streaming import Download, first_part, receive, safe_name

MOST = 10
"""So many files a post may have."""

routes = web.RouteTableDef()


def folder_of(request: web.Request) -> Path:
    """Return where the files of the post lie that the path names."""
    return request.app[CONFIG].data / "files" / str(id_of(request))


def names_in(folder: Path) -> list[str]:
    """Return the names of the files in a folder, which may not be there."""
    return sorted(path.name for path in folder.glob("[!.]*"))


def check_room(path: Path) -> None:
    """Refuse a file when the post has as many others as it may have; those on their way count."""
    if len([other for other in path.parent.iterdir() if other != path]) > MOST:
        raise web.HTTPInsufficientStorage(text=f"A post has {MOST} files at most")


async def save(request: web.Request) -> tuple[str, bool]:
    """Keep a file once all of it is there; return its name, and whether that one is new.

    Until then it is hidden. A post may be deleted meanwhile: from the change on, which changes
    nothing, that has to wait until the transaction ends.
    """
    reader, part = await first_part(request)
    path = folder_of(request) / safe_name(part.filename or "")
    unfinished = path.parent / f".{token_hex(8)}"
    try:
        await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
        with unfinished.open("xb") as file:  # in a thread, it might open after we are cancelled
            check_room(path)
            await receive(reader, part, file)
        async with connection(request) as db:
            or_404(await store.change(db, id_of(request), {}))
            is_new = not path.exists()
            unfinished.replace(path)
        return path.name, is_new
    except FileNotFoundError:  # somebody deletes the post
        raise web.HTTPNotFound(text="There is no such post") from None
    finally:
        unfinished.unlink(missing_ok=True)


@routes.post(f"/api/posts/{ID}/files")
@require_login
async def upload(request: web.Request) -> web.Response:
    """Take a file: 201 for a new one, 200 for one in the place of another of its name."""
    async with connection(request) as db:
        await own_post(request, db)
    name, is_new = await save(request)
    address = request.app.router["file"].url_for(id=str(id_of(request)), name=name)
    status, headers = 201 if is_new else 200, {"Location": str(address)}
    return web.json_response({"name": name}, status=status, headers=headers)


@routes.get(f"/{ID}/files/{{name:[A-Za-z0-9_-][A-Za-z0-9._-]{{0,99}}}}", name="file")
async def download(request: web.Request) -> web.FileResponse:
    """Answer with a file, to be saved: a browser must never run what a stranger sent."""
    async with connection(request) as db:
        or_404(await store.find(db, id_of(request)))  # its files may outlive a post for a moment
    path = folder_of(request) / request.match_info["name"]
    if not await asyncio.to_thread(path.is_file):
        raise web.HTTPNotFound(text="There is no such file")
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    return Download(path, headers=headers)


async def forget(request: web.Request) -> None:
    """Delete the files of a post when it is gone for good: not before the transaction ends."""
    await end(request, keep=True)
    await asyncio.to_thread(shutil.rmtree, folder_of(request), ignore_errors=True)
