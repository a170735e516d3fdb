"""Files that belong to a post: kept in a folder of their own, and sent back."""

import asyncio
import shutil
from pathlib import Path
from secrets import token_hex

from aiohttp import web

from .config import CONFIG
from .db import transaction
from .incoming import ID, id_of
from .login import own_post, require_login
from .streaming import first_part, receive, safe_name

MOST = 10
"""So many files a post may have."""

routes = web.RouteTableDef()


def folder_of(request: web.Request) -> Path:
    """Return where the files of the post lie that the path names."""
    return request.app[CONFIG].data / "files" / str(id_of(request))


def names_in(folder: Path) -> list[str]:
    """Return the names of the files in a folder, which may not be there."""
    return sorted(path.name for path in folder.glob("[!.]*"))


def check_room(folder: Path) -> None:
    """Refuse a file when the post has as many as it may have; those on their way count."""
    if len(list(folder.iterdir())) > MOST:
        raise web.HTTPInsufficientStorage(text=f"A post has {MOST} files at most")


async def save(request: web.Request) -> str:
    """Keep a file under its name once all of it is there; until then it is hidden."""
    reader, part = await first_part(request)
    name = safe_name(part.filename or "")
    folder = folder_of(request)
    unfinished = folder / f".{token_hex(8)}"
    try:
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        with await asyncio.to_thread(unfinished.open, "xb") as file:
            check_room(folder)
            await receive(reader, part, file)
        unfinished.replace(folder / name)
        return name
    except FileNotFoundError:  # somebody deletes the post
        raise web.HTTPNotFound(text="There is no such post") from None
    finally:
        unfinished.unlink(missing_ok=True)


@routes.post(f"/api/posts/{ID}/files")
@require_login
async def upload(request: web.Request) -> web.Response:
    """Take a file; it gets its name when all of it is there."""
    async with transaction(request) as db:
        await own_post(request, db)
    name = await save(request)
    address = request.app.router["file"].url_for(id=str(id_of(request)), name=name)
    return web.json_response({"name": name}, status=201, headers={"Location": str(address)})


@routes.get(f"/{ID}/files/{{name:[A-Za-z0-9_-][A-Za-z0-9._-]{{0,99}}}}", name="file")
async def download(request: web.Request) -> web.FileResponse:
    """Answer with a file, to be saved: a browser must never run what a stranger sent."""
    path = folder_of(request) / request.match_info["name"]
    if not await asyncio.to_thread(path.is_file):
        raise web.HTTPNotFound(text="There is no such file")
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    return web.FileResponse(path, headers=headers)


async def forget(request: web.Request) -> None:
    """Delete the files of a post that is gone."""
    await asyncio.to_thread(shutil.rmtree, folder_of(request), ignore_errors=True)
