"""Step 05: a picture, sent, and not sent again to whoever has it."""

from __future__ import annotations

import io
from dataclasses import replace

import aiohttp
from PIL import Image

from workshop.bench.comparison import compare
from workshop.bench.figures import Figures, Settings
from workshop.bench.filling import filled, new_post
from workshop.bench.page import Page

STEP, PLAIN = "steps.step05_images.app", "workshop.bench.plain"
SIZE = (1600, 1200)


def photo() -> bytes:
    """Return a JPEG of 1600 by 1200 pixels that packs about as well as a photo."""
    grain = Image.effect_noise((200, 150), 60).resize(SIZE, Image.Resampling.BICUBIC)
    colours = [grain, grain.rotate(180), Image.linear_gradient("L").resize(SIZE)]
    file = io.BytesIO()
    Image.merge("RGB", colours).save(file, "JPEG")
    return file.getvalue()


async def publish(address: str) -> tuple[str, str]:
    """Publish a post with a photo; return the path of its picture, and its ETag."""
    form = aiohttp.FormData({**new_post(1), "owner": "Ada"})
    form.add_field("image", photo(), filename="engine.jpg", content_type="image/jpeg")
    async with aiohttp.ClientSession(address, raise_for_status=True) as session:
        async with session.post("/new", data=form) as response:
            path = f"{response.url.path}/picture"
        async with session.get(path) as response:
            return path, response.headers["ETag"]


def run(settings: Settings) -> Figures:
    """Measure the picture, with and without If-None-Match."""
    with filled(STEP, publish) as (data, (path, etag)):
        sent = Page("picture", STEP, PLAIN, path, seen="(.+)")
        known = replace(
            sent, title="known picture", seen="", headers={"If-None-Match": etag}, status=304
        )
        rows = [row for page in (sent, known) for row in compare(page, data, settings)]
    return Figures("pictures: step 05's picture, sent (200) and known (304)", tuple(rows))
