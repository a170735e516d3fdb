"""Regressions of uploads: T18 memory, T21 the thread, T22 the file name.

Every app with the decorator `fails_on` is broken on purpose: do not copy it.
"""

import asyncio
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import BodyPartReader, MultipartWriter, web
from PIL import Image, ImageFile

from workshop.course import ROOT

from .gallery import Gallery, bomb, picture
from .regression import POST, Blog, regression

MOST = 64
"""The additional MiB that a decompression bomb may take; reading its header takes one."""


def watch_decoding(patch: pytest.MonkeyPatch, seen: Callable[[Image.Image], None]) -> None:
    """Call a function for each picture that Pillow decodes from a file."""
    load = ImageFile.ImageFile.load

    def watched(image: ImageFile.ImageFile) -> Any:
        undone = bool(image.tile)
        came = load(image)
        if undone:
            seen(image)
        return came

    patch.setattr(ImageFile.ImageFile, "load", watched)


@regression(
    18,
    5,
    "step05_images/index.md: limit the bytes and feel safe",
    "step05_images/bomb/wrong_decoded_first",
    "step05_images/bomb/wrong_many_threads",
)
async def decompression_bomb(blog: Blog) -> None:
    """A file of some kB takes hundreds of MB of memory, several files take all of it."""
    blog.data.mkdir()
    file = blog.data / "bomb.png"
    file.write_bytes(bomb())
    words = [
        sys.executable,
        "-m",
        "workshop.tests.regressions.peak",
        blog.name_of("pictures"),
        str(file),
    ]
    done = await asyncio.to_thread(subprocess.run, words, cwd=ROOT, check=True, capture_output=True)
    assert int(done.stdout) < MOST, f"{file.stat().st_size >> 10} kB took {int(done.stdout)} MiB"
    alive: set[int] = set()
    most = []

    def count(image: Image.Image) -> None:
        alive.add(id(image))
        weakref.finalize(image, alive.discard, id(image))
        most.append(len(alive))

    await blog.serve()
    with blog.patch.context() as patch:
        watch_decoding(patch, count)
        await asyncio.gather(*(blog.form("/new", picture(), **POST) for _ in range(3)))
    assert most, "nothing was decoded"
    assert max(most) == 1, f"{max(most)} pictures were decoded at once"


class Darkroom(Gallery):
    """A sound app with one thread for pictures; `shrink` can be measured by `peak.py`."""

    pictures = "steps.step05_images.pictures"
    workers = 1

    def app(self) -> web.Application:
        app = super().app()
        self.pool = ThreadPoolExecutor(self.workers)
        app.on_cleanup.append(self.stop)
        return app

    async def stop(self, app: web.Application) -> None:
        self.pool.shutdown()

    async def image(self, form: Any) -> bytes:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.pool, self.shrink, form["image"].file)


@decompression_bomb.fails_on(r"\d+ kB took \d+ MiB")
class Greedy(Darkroom):
    pictures = "workshop.tests.regressions.greedy"


@decompression_bomb.fails_on("pictures were decoded at once")
class ManyThreads(Darkroom):
    workers = 3

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.meeting = threading.Barrier(3)

    def shrink(self, file: Any) -> bytes:
        with Image.open(file) as image:
            image.load()
            self.meeting.wait()  # they would meet by chance; here they do each time
            return self.encode(image)


@regression(
    21,
    5,
    "step05_images/index.md: nobody else would get an answer meanwhile",
    "step05_images/bomb/wrong_in_the_loop",
)
async def decoded_in_the_loop(blog: Blog) -> None:
    """Decoding and encoding pictures blocks the event loop."""
    threads: dict[str, set[int]] = {"decoded": set(), "encoded": set()}
    save = Image.Image.save

    def saved(image: Image.Image, *args: Any, **options: Any) -> None:
        threads["encoded"].add(threading.get_ident())
        save(image, *args, **options)

    await blog.serve()
    sent = picture()
    with blog.patch.context() as patch:
        watch_decoding(patch, lambda _: threads["decoded"].add(threading.get_ident()))
        patch.setattr(Image.Image, "save", saved)
        assert (await blog.form("/new", sent, **POST)).status == 303
    for what, where in threads.items():
        assert where, f"nothing was {what}"
        assert threading.get_ident() not in where, f"the picture was {what} in the event loop"


@decoded_in_the_loop.fails_on("the picture was decoded in the event loop")
class InTheLoop(Gallery):
    async def image(self, form: Any) -> bytes:
        return self.shrink(form["image"].file)


@decoded_in_the_loop.fails_on("the picture was encoded in the event loop")
class EncodedInTheLoop(Gallery):
    async def image(self, form: Any) -> bytes:
        image = Image.open(form["image"].file)
        await asyncio.to_thread(image.load)
        made = BytesIO()
        image.convert("RGB").save(made, "WEBP")
        return made.getvalue()


@regression(
    22,
    5,
    "step05_images/index.md: leaves the folder",
    "step05_images/stream_to_disk/wrong_unsafe_name",
)
async def name_that_leads_away(blog: Blog) -> None:
    """A file with the name ../x is written outside its folder."""
    await blog.serve()
    before = {path for path in blog.data.parent.rglob("*") if path.is_file()}
    for name in "../x", "../../../x", str(blog.data / "x"):
        with MultipartWriter("form-data") as body:
            part = body.append(b"Notes")
            part.set_content_disposition("form-data", quote_fields=False, name="f", filename=name)
        await blog.send("POST", "/api/posts/1/files", data=body)
    files = {path for path in blog.data.parent.rglob("*") if path.is_file()} - before
    away = {path.name for path in files if not path.is_relative_to(blog.data / "files" / "1")}
    assert files, "no file was kept"
    assert not {name for name in away if not name.startswith("blog.db")}, "a file left its folder"


class Cabinet(Gallery):
    """A sound app: it stores a file under the last part of its name."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.folder = data / "files" / "1"
        self.folder.mkdir(parents=True)

    def app(self) -> web.Application:
        app = super().app()
        app.router.add_post("/api/posts/1/files", self.upload)
        return app

    def place(self, name: str) -> Path:
        return self.folder / name.rpartition("/")[2]

    async def upload(self, request: web.Request) -> web.Response:
        part = await (await request.multipart()).next()
        assert isinstance(part, BodyPartReader)
        self.place(part.filename or "").write_bytes(await part.read())
        return web.Response(status=201)


@name_that_leads_away.fails_on("a file left its folder")
class NameAsItComes(Cabinet):
    def place(self, name: str) -> Path:
        return self.folder / name


decompression_bomb.passes_on(Darkroom)
decoded_in_the_loop.passes_on(Gallery)
name_that_leads_away.passes_on(Cabinet)
