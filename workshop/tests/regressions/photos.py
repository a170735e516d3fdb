"""Regression N12: usual pictures of cameras, screens and web sites.

Every app with the decorator `fails_on` is broken on purpose: do not copy it.
"""

import asyncio
import subprocess
import sys
from typing import Any

from aiohttp import web
from PIL import Image

from workshop.course import ROOT

from .gallery import picture
from .regression import POST, Blog, regression
from .weight import Darkroom

MOST = 200
"""The additional MiB that the largest accepted picture may take."""
SCREEN, PHOTO, LARGE = (3840, 2160), (4000, 3000), (6000, 4000)
WEB: dict[str, Any] = {"format": "JPEG", "progressive": True, "subsampling": 0}


@regression(12, 5, "step05_images/index.md: a whole 4K screen", family="N")
async def usual_pictures(blog: Blog) -> None:
    """A 4K screenshot or a progressive JPEG is refused, or the message names no limit."""
    await blog.serve()
    every_day = {
        "a 4K screen": picture(size=SCREEN),
        "a 4K screen, see-through": picture("RGBA", SCREEN),
        "a photo": picture(size=PHOTO, format="JPEG"),
        "a progressive photo": picture(size=PHOTO, **WEB),
    }
    for what, sent in every_day.items():
        status = (await blog.form("/new", sent, **POST)).status
        assert status == 303, f"{what} is a {status}"
    answer = await blog.form("/new", picture("1", (5000, 4000)), **POST)
    assert answer.status == 413
    assert "million" in await answer.text(), "the limit is not said"
    file = blog.data.with_name("large.jpg")
    await asyncio.to_thread(file.write_bytes, picture(size=LARGE, **WEB))
    words = [
        sys.executable,
        "-m",
        "workshop.tests.regressions.peak",
        blog.name_of("pictures"),
        str(file),
    ]
    done = await asyncio.to_thread(subprocess.run, words, cwd=ROOT, check=True, capture_output=True)
    assert int(done.stdout) < MOST, f"a progressive photo took {int(done.stdout)} MiB"


class Studio(Darkroom):
    """A sound app: it accepts 9 million pixels, more in a JPEG; a step's module is measured."""

    progressive = 25_000_000
    pixels = 9_000_000
    reason = "At most 9 million pixels"

    def shrink(self, file: Any) -> bytes:
        with Image.open(file) as image:
            most = self.progressive if "progressive" in image.info else 50_000_000
            if image.width * image.height <= most:
                image.draft(None, (1024, 1024))
            if image.width * image.height > self.pixels:
                raise web.HTTPRequestEntityTooLarge(0, text=self.reason)
            image.load()
            return self.encode(image)


@usual_pictures.fails_on("a 4K screen is a 413")
class OldScreens(Studio):
    pixels = 4_000_000


@usual_pictures.fails_on("a progressive photo is a 413")
class NothingProgressive(Studio):
    progressive = 0


@usual_pictures.fails_on("the limit is not said")
class KeepsItsLimit(Studio):
    reason = "Too large"


@usual_pictures.fails_on(r"a progressive photo took \d+ MiB")
class DecodesAll(Studio):
    pictures = "workshop.tests.regressions.greedy"


usual_pictures.passes_on(Studio)
