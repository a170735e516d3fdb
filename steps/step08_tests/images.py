"""The image of a post: how it comes in, is kept, and goes out."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

from aiohttp import web
from aiosqlite import Connection

from .db import connection
from .parsing import ID, Fields, id_of
from .pictures import (
    PHOTO,
    PIXELS,
    PROGRESSIVE,
    SIDES,
    DamagedError,
    TooManyPixelsError,
    UnknownFormatError,
    shrink,
)
from .streaming import Download
from .templating import HERE

LIMITS = (
    f"{PIXELS // 10**6} million are allowed, {PHOTO // 10**6} million in a JPEG,"
    f" {PROGRESSIVE // 10**6} million in a progressive one"
)
IMAGE_EXECUTOR = web.AppKey("image_executor", ThreadPoolExecutor)
PLACEHOLDER = HERE / "static" / "placeholder.svg"

routes = web.RouteTableDef()


async def image_executor(app: web.Application) -> AsyncIterator[None]:
    """Keep one thread for pictures: however many come at once, one is in memory."""
    app[IMAGE_EXECUTOR] = ThreadPoolExecutor(max_workers=1)
    yield
    app[IMAGE_EXECUTOR].shutdown(cancel_futures=True)  # those that wait are not begun any more


async def images_of(request: web.Request, form: Fields) -> dict[str, bytes]:
    """Return the form's image in our sizes, or none when there is no image in it."""
    image = form.get("image")
    if not image:
        return {}
    if not isinstance(image, web.FileField):
        raise web.HTTPUnprocessableEntity(text="image must be a file")
    loop = asyncio.get_running_loop()
    try:
        return await loop.run_in_executor(request.app[IMAGE_EXECUTOR], shrink, image.file)
    except UnknownFormatError:
        raise web.HTTPUnsupportedMediaType(text="Send a JPEG, PNG, GIF or WebP") from None
    except TooManyPixelsError:
        text = f"This picture has too many pixels: {LIMITS}"
        raise web.HTTPRequestEntityTooLarge(0, text=text) from None
    except DamagedError:
        raise web.HTTPUnprocessableEntity(text="This picture is damaged") from None


async def keep(db: Connection, post: int, images: Mapping[str, bytes]) -> None:
    """Give a post its images, in place of those that it had."""
    rows = [(post, size, sha256(data).hexdigest(), data) for size, data in images.items()]
    if rows:
        await db.executemany("INSERT OR REPLACE INTO images VALUES (?, ?, ?, ?)", rows)


@routes.get(f"/{ID}/{{size:{'|'.join(SIDES)}}}", name="image")
async def image(request: web.Request) -> web.StreamResponse:
    """Answer with the image of a post; a post without one has a placeholder."""
    sql = """SELECT etag, data FROM posts LEFT JOIN images ON post = id AND size = ?
             WHERE id = ?"""
    async with connection(request) as db:
        wanted = request.match_info["size"], id_of(request)
        rows = list(await db.execute_fetchall(sql, wanted))
    if not rows:
        raise web.HTTPNotFound(text="There is no such post")
    etag, data = rows[0]
    headers = {"Cache-Control": "no-cache"}  # keep it, but ask whether it is still the same
    if data is None:
        return Download(PLACEHOLDER, headers=headers)
    headers["ETag"] = f'"{etag}"'
    if any(known.value in {etag, "*"} for known in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)  # raised, it would hold on to the data
    return web.Response(body=data, content_type="image/webp", headers=headers)
