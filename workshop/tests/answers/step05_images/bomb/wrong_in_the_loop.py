"""The picture is decoded in the event loop.

check: test_off_the_loop
says: Decoding takes 0.3 seconds in this check, and runs in the event loop
"""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import IO

from aiohttp import web
from PIL import Image, ImageOps, UnidentifiedImageError

from steps.step05_images.parsing import read_form
from steps.step05_images.pictures import DAMAGED

FORMATS = ("JPEG", "PNG")
SIDE = 240
PIXELS = 4_000_000
"""So many pixels are decoded at most."""
PHOTO = 50_000_000
"""So many may a JPEG have: it is made smaller while it is decoded."""

IMAGE_EXECUTOR = web.AppKey("image_executor", ThreadPoolExecutor)


async def image_executor(app: web.Application) -> AsyncIterator[None]:
    """Keep one thread for pictures: however many come at once, one is in memory."""
    with ThreadPoolExecutor(max_workers=1) as app[IMAGE_EXECUTOR]:
        yield


def check_pixels(image: Image.Image) -> None:
    """Refuse a picture that would need too much memory, before it is decoded."""
    if image.width * image.height <= PHOTO and "progressive" not in image.info:
        image.draft(None, (SIDE, SIDE))
    if image.width * image.height > PIXELS:
        raise web.HTTPRequestEntityTooLarge(PIXELS, text="Too many pixels")


def thumbnail(file: IO[bytes]) -> bytes:
    """Return the picture in the file as a small WebP."""
    try:
        with Image.open(file, formats=FORMATS) as image:
            check_pixels(image)
            image.thumbnail((SIDE, SIDE))
            upright = ImageOps.exif_transpose(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise web.HTTPRequestEntityTooLarge(PIXELS, text="Too many pixels") from None
    except UnidentifiedImageError:
        raise web.HTTPUnsupportedMediaType(text="Send a JPEG or a PNG") from None
    except DAMAGED:
        raise web.HTTPUnprocessableEntity(text="This picture is damaged") from None
    made = BytesIO()
    upright.save(made, "WEBP")
    return made.getvalue()


async def make(request: web.Request) -> web.Response:
    """Answer with the thumbnail of the picture that the form holds."""
    image = (await read_form(request)).get("image")
    if not isinstance(image, web.FileField):
        raise web.HTTPUnprocessableEntity(text="image must be a file")
    small = thumbnail(image.file)
    return web.Response(body=small, content_type="image/webp")


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application(client_max_size=10 * 2**20)
    app.cleanup_ctx.append(image_executor)
    app.add_routes([web.post("/thumbnail", make)])
    return app


def main() -> None:
    """Serve the thumbnails on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
