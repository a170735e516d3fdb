"""The blog with a picture in it, for the picture of the page."""

from collections.abc import AsyncIterator
from io import BytesIO

from aiohttp import web
from PIL import Image, ImageDraw

from steps.step05_images import app as step
from steps.step05_images.db import POOL
from steps.step05_images.images import keep
from steps.step05_images.pictures import shrink


def moth() -> BytesIO:
    """Draw a moth on a page of squared paper."""
    image = Image.new("RGB", (960, 640), "#efe6cf")
    draw = ImageDraw.Draw(image)
    for at in range(0, 960, 40):
        draw.line([(at, 0), (at, 640)], "#d9cfb4", 2)
        draw.line([(0, at), (960, at)], "#d9cfb4", 2)
    for left, right, side in (240, 480, 1), (480, 720, -1):
        draw.ellipse([left, 140, right, 400], "#8a7a5f", "#4d4233", 6)
        draw.ellipse([left + 50, 340, right - 50, 520], "#a39477", "#4d4233", 6)
        draw.line([(480, 170), (480 - 90 * side, 60)], "#4d4233", 8)
    draw.ellipse([448, 150, 512, 520], "#4d4233")
    file = BytesIO()
    image.save(file, "PNG")
    file.seek(0)
    return file


async def fill(app: web.Application) -> AsyncIterator[None]:
    """Give the moth to post 2."""
    db = await app[POOL].get()
    await keep(db, 2, shrink(moth()))
    await db.commit()
    app[POOL].put_nowait(db)
    yield


def create_app() -> web.Application:
    """Make the blog; once its database is open, fill it."""
    app = step.create_app()
    app.cleanup_ctx.append(fill)
    return app
