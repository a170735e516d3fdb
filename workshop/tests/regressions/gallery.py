"""A sound app for pictures, and pictures to upload."""

import asyncio
import functools
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from aiohttp import web
from PIL import Image, ImageOps

from .regression import POST

FAULTS = (OSError, ValueError, AttributeError)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
SIDE = 6000
"""Pixels of each side of the decompression bomb: below Pillow's limit, 36 MiB when decoded."""


def picture(mode: str = "RGB", size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    """Return the bytes of a picture: a PNG, or the format in the options."""
    file = BytesIO()
    Image.new(mode, size).save(file, **{"format": "PNG", **options})
    return file.getvalue()


@functools.cache
def bomb() -> bytes:
    """Return a PNG of a few kB that needs 144 MiB in colour."""
    packer = zlib.compressobj()
    rows = b"".join(packer.compress(bytes(SIDE + 1)) for _ in range(SIDE)) + packer.flush()
    header = struct.pack(">2I5B", SIDE, SIDE, 8, 0, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", rows), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


class Gallery:
    """A sound app for posts with pictures, in memory; a broken app overrides one method."""

    def __init__(self, data: Path) -> None:
        self.posts = [POST["title"]]
        self.images: dict[int, bytes] = {}

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/api/posts", self.listed)
        app.router.add_post("/new", self.create)
        app.router.add_get("/{id:[1-9][0-9]*}", self.listed)
        app.router.add_get("/{id:[1-9][0-9]*}/{size:picture|thumbnail}", self.picture)
        return app

    async def listed(self, request: web.Request) -> web.Response:
        return web.json_response({"posts": [{"title": title} for title in self.posts]})

    async def create(self, request: web.Request) -> web.Response:
        form = await request.post()
        image = await self.image(form)
        self.posts.append(str(form["title"]))
        self.images[len(self.posts)] = image
        raise web.HTTPSeeOther(f"/{len(self.posts)}")

    async def image(self, form: Any) -> bytes:
        try:
            return await asyncio.to_thread(self.shrink, form["image"].file)
        except FAULTS:
            raise web.HTTPUnprocessableEntity from None

    def shrink(self, file: Any) -> bytes:
        with Image.open(file) as image:
            image.load()
            return self.encode(ImageOps.exif_transpose(image))

    def encode(self, image: Image.Image) -> bytes:
        made = BytesIO()
        image.thumbnail((240, 240))
        image.convert("RGBA").save(made, "WEBP")
        return made.getvalue()

    async def picture(self, request: web.Request) -> web.Response:
        number = int(request.match_info["id"])
        if number > len(self.posts):
            raise web.HTTPNotFound
        headers = {"ETag": f'"{number}"', "Cache-Control": "no-cache"}
        if request.if_none_match:
            raise web.HTTPNotModified(headers=headers)
        data = self.images.get(number, SVG)
        return web.Response(body=data, content_type="image/webp", headers=headers)
