"""A form without a file is taken.

check: test_no_file
says: each is a 422
"""

import asyncio
import logging
import os
from collections.abc import Mapping
from typing import IO

from aiohttp import web
from PIL import Image, UnidentifiedImageError

from steps.step05_images.parsing import read_form
from steps.step05_images.pictures import DAMAGED
from steps.step05_images.posts import text_of

LARGEST = 200_000
"""So many bytes a body may have."""
FORMATS = ("JPEG", "PNG")
PIXELS = 1_000_000
"""So many pixels a picture may have."""

ALBUM = web.AppKey("album", dict[str, bytes])


def look_at(file: IO[bytes]) -> None:
    """Raise the exception whose status says why the file cannot be shown."""
    try:
        with Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > PIXELS:
                raise web.HTTPRequestEntityTooLarge(PIXELS, text="Too many pixels")
            image.load()
    except UnidentifiedImageError:
        raise web.HTTPUnsupportedMediaType(text="Send a JPEG or a PNG") from None
    except DAMAGED:
        raise web.HTTPUnprocessableEntity(text="This picture is damaged") from None


async def bytes_of(form: Mapping[str, object]) -> bytes:
    """Return the picture of a form; refuse what is none."""
    image = form.get("image")
    if not isinstance(image, web.FileField):
        return b""
    await asyncio.to_thread(look_at, image.file)
    image.file.seek(0)
    return image.file.read()


async def add(request: web.Request) -> web.Response:
    """Keep a title and its picture."""
    form = await read_form(request)
    try:
        title = text_of(form, "title", 100)
    except ValueError as error:
        raise web.HTTPUnprocessableEntity(text=str(error)) from None
    image = await bytes_of(form)
    request.app[ALBUM][title] = image
    return web.json_response({"title": title}, status=201)


async def titles(request: web.Request) -> web.Response:
    """Answer with the titles."""
    return web.json_response([*request.app[ALBUM]])


def create_app() -> web.Application:
    """Make the application with an empty album."""
    app = web.Application(client_max_size=LARGEST)
    app[ALBUM] = {}
    app.add_routes([web.get("/", titles), web.post("/", add)])
    return app


def main() -> None:
    """Serve the album on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
