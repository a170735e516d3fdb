"""The handler calls the function itself, as if it were quick.

check: test_others_go_on
says: thumbnail() takes 0.3 seconds in this check, and runs in the event loop
"""

import logging
import os
from io import BytesIO
from typing import IO

from aiohttp import web
from PIL import Image, ImageOps

from steps.step05_images.parsing import read_form


async def make(request: web.Request) -> web.Response:
    """Answer with the thumbnail of the picture that the form holds."""
    image = (await read_form(request)).get("image")
    if not isinstance(image, web.FileField):
        raise web.HTTPUnprocessableEntity(text="image must be a file")
    small = thumbnail(image.file)
    return web.Response(body=small, content_type="image/webp")
