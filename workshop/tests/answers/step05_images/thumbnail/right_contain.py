"""Uses ImageOps.contain for large pictures."""

import asyncio
import logging
import os
from io import BytesIO
from typing import IO

from aiohttp import web
from PIL import Image, ImageOps

from steps.step05_images.parsing import read_form

SIDE = 240
"""Neither side of a thumbnail is longer."""


def thumbnail(file: IO[bytes]) -> bytes:
    """Return the picture in the file as a small WebP."""
    image = ImageOps.exif_transpose(Image.open(file))
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if max(image.size) > SIDE:
        image = ImageOps.contain(image, (SIDE, SIDE))
    made = BytesIO()
    image.save(made, "WEBP", quality=90)
    return made.getvalue()


async def make(request: web.Request) -> web.Response:
    """Answer with the thumbnail of the picture that the form holds."""
    image = (await read_form(request)).get("image")
    if not isinstance(image, web.FileField):
        raise web.HTTPUnprocessableEntity(text="image must be a file")
    small = await asyncio.to_thread(thumbnail, image.file)
    return web.Response(body=small, content_type="image/webp")


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application(client_max_size=10 * 2**20)
    app.add_routes([web.post("/thumbnail", make)])
    return app


def main() -> None:
    """Serve the thumbnails on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
