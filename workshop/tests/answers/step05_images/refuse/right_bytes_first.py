"""Reads the bytes first, and looks at a copy in memory."""

import asyncio
import io
import logging
import os
from collections.abc import Mapping
from typing import IO

from aiohttp import web
from PIL import Image, UnidentifiedImageError

from steps.step05_images.parsing import read_form
from steps.step05_images.pictures import DAMAGED
from steps.step05_images.posts import text_of


async def bytes_of(form: Mapping[str, object]) -> bytes:
    """Return the picture of a form; refuse what is none."""
    image = form.get("image")
    if not isinstance(image, web.FileField):
        raise web.HTTPUnprocessableEntity(text="image must be a file")
    data = image.file.read()
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, look_at, io.BytesIO(data))
    return data
