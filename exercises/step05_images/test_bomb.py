"""Survive the bomb.

A picture of a few kilobytes can have so many pixels that decoding it takes the server down.
`POST /thumbnail` works, as long as nobody means harm. Make it safe:
more than `PIXELS` to decode are a 413, told from the header alone;
a JPEG may have up to `PHOTO`, because it can be made smaller while it is decoded,
unless it is progressive: then all of it is in memory first.
Pictures are decoded in the one thread of `IMAGE_EXECUTOR`, never in the event loop:
six at once take less than 64 MiB of extra memory.
"""

import asyncio
import gc
import struct
import threading
import zlib
from functools import partialmethod
from io import BytesIO

import psutil
import pytest
from PIL import Image, ImageFile

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=5, minutes=15, when="stretch")


def png(width, height, rows):
    """Return a PNG that says it has this size, with so many rows of it."""

    def chunk(name, data):
        check = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(rows * (1 + 3 * width)), 1)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", data), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def jpeg(width, height, **options):
    """Return a small photo that says it has this size."""
    file = BytesIO()
    Image.new("L", (16, 16), 200).save(file, "JPEG", **options)
    before, _, after = file.getvalue().partition(struct.pack(">HH", 16, 16))
    return before + struct.pack(">HH", height, width) + after


ONE_THREAD = cause(
    what="Each thread has a picture in memory while it decodes.",
    do="Keep one executor in `app[IMAGE_EXECUTOR]`, `ThreadPoolExecutor(max_workers=1)`, and decode"
    " in it: `loop.run_in_executor(…)`.",
)
PHOTOS_TOO = (
    "Compare with PHOTO first, above `image.draft(None, (SIDE, SIDE))`; after it, with PIXELS. What"
    ' has `"progressive" in image.info` gets no `draft`.'
)


async def send(client, data):
    """Send a picture; return the status and, if it is good, what came back."""
    response = await client.post("/thumbnail", data={"image": BytesIO(data)})
    body = await response.read()
    return response.status, Image.open(BytesIO(body)).size if response.status == 200 else None


class Memory:
    """The most memory that the process has while this is open, over what it had before."""

    def __enter__(self):
        """Begin to watch."""
        gc.collect()
        self.process, self.done = psutil.Process(), threading.Event()
        self.before = self.most = self.process.memory_info().rss
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()
        return self

    def watch(self):
        """Look a thousand times a second."""
        while not self.done.wait(0.001):
            self.most = max(self.most, self.process.memory_info().rss)

    def __exit__(self, *error):
        """Stop."""
        self.done.set()
        self.thread.join()

    @property
    def extra(self):
        """In MiB."""
        return (self.most - self.before) / 2**20


class Decoding:
    """How many threads decode at the same time; the first waits until all pictures are there."""

    def __init__(self, monkeypatch, exercise, pictures):
        """Look on where Pillow decodes and where the learner's app reads a form."""
        self.inside, self.most, self.first = set(), 0, True
        self.load, self.read_form = ImageFile.ImageFile.load, exercise.read_form
        self.missing, self.all_there = pictures, threading.Event()
        monkeypatch.setattr(ImageFile.ImageFile, "load", lambda image: self.decode(image))
        monkeypatch.setattr(exercise, "read_form", self.read)

    def decode(self, image):
        """Decode, and note who else does."""
        thread = threading.get_ident()
        self.inside.add(thread)
        self.most = max(self.most, len(self.inside))
        if self.first:
            self.first = False
            self.all_there.wait(0.5)
        try:
            return self.load(image)
        finally:
            self.inside.discard(thread)

    async def read(self, request):
        """Read a form; soon after the last one nobody needs to wait any more."""
        form = await self.read_form(request)
        self.missing -= 1
        if not self.missing:
            asyncio.get_running_loop().call_later(0.02, self.all_there.set)
        return form


@pytest.mark.hint(
    "The header of a picture says how large it is. What can be asked before it is decoded?",
    "`image.width * image.height` is known once the picture is open: compare it in `check_pixels`.",
    "`raise web.HTTPRequestEntityTooLarge(PIXELS)` when it is more than PIXELS.",
    "These files stop before the first row: whoever decodes before looking finds them damaged.",
)
async def test_bombs(client):
    """A few bytes that would be 64 million pixels are a 413, told from the header."""
    for width, height in (8000, 8000), (4_000_001, 1), (2001, 2000):
        status, _ = await send(client, png(width, height, 0)[:-20])
        assert status == 413, f"{width} × {height} must be refused with 413, not {status}." | cause(
            what="The picture was decoded, so its pixels were in memory already.",
            do="Refuse it before that, once it is open: `image.width * image.height > PIXELS`.",
        )


@pytest.mark.hint(
    "Beyond 178 million pixels `Image.open` itself raises DecompressionBombError: a 500.",
    "Above half of that it warns, and here a warning is an error: DecompressionBombWarning.",
    "`except (Image.DecompressionBombError, Image.DecompressionBombWarning):` and a 413.",
)
async def test_huge_bombs(client):
    """What Pillow itself refuses to open is a 413 as well, not a 500."""
    for width, height in (20_000, 20_000), (10_000, 10_000), (2**31 - 1, 2**31 - 1):
        status, _ = await send(client, png(width, height, 0))
        assert status == 413, f"{width} × {height} must be refused with 413, not {status}."


@pytest.mark.hint(
    "`image.draft(None, (SIDE, SIDE))` lets a JPEG be decoded at a half, a quarter or an eighth.",
    "It changes `image.width` and `image.height`: call it, then compare.",
    "Look at PHOTO first: `if image.width * image.height <= PHOTO:` above `draft`.",
    'And `"progressive" not in image.info`: `draft` spares no memory for one that is.',
)
async def test_photos(client):
    """A photo of up to PHOTO pixels is taken, one of more is a 413; so is a large progressive."""
    for width, height, small in (4000, 3000, (240, 180)), (10_000, 5000, (240, 120)):
        came = await send(client, jpeg(width, height))
        assert came == (200, small), f"A photo of {width} × {height} must be taken." | cause(
            lambda came: came[0] == 413,
            what="A photo was refused, though it can be made smaller while it is decoded.",
            do=PHOTOS_TOO,
        )
    assert await send(client, png(480, 120, 120)) == (200, (240, 60))
    came = await send(client, jpeg(2000, 2000, progressive=True))
    assert came == (200, (240, 240)), "A picture of just PIXELS pixels must be taken."
    for photo in jpeg(10_000, 5001), jpeg(4000, 3000, progressive=True):
        status, _ = await send(client, photo)
        assert status == 413, f"Too many pixels must be a 413, not {status}." | cause(
            what="More than PHOTO was taken, or a progressive photo of more than PIXELS.",
            do=PHOTOS_TOO,
        )


@pytest.mark.hint(
    "`asyncio.to_thread` has many threads: six pictures would lie in memory together.",
    "`with ThreadPoolExecutor(max_workers=1) as app[IMAGE_EXECUTOR]:` and in it `yield`.",
    "`await loop.run_in_executor(request.app[IMAGE_EXECUTOR], thumbnail, image.file)`",
)
async def test_memory(client, exercise, monkeypatch):
    """Six pictures of 3.8 million pixels at once: six thumbnails, less than 64 MiB more."""
    large = png(2000, 1900, 1900)
    first, _ = await send(client, png(480, 120, 120))
    assert first == 200
    decoding = Decoding(monkeypatch, exercise, 6)
    with Memory() as memory:
        answers = await asyncio.gather(*(send(client, large) for _ in range(6)))
    assert [status for status, _ in answers] == [200] * 6
    assert decoding.most < 2, "Several threads decoded at once; one is enough." | ONE_THREAD
    assert memory.extra < 64, (
        f"They took {memory.extra:.0f} MiB: too many of them at once." | ONE_THREAD
    )


@pytest.mark.hint(
    "A plain call decodes right in the event loop, and all others wait.",
    "`loop = asyncio.get_running_loop()`; `await loop.run_in_executor(...)`.",
    "Decoding, making small, saving: all three belong into `thumbnail`, which the thread runs.",
)
async def test_off_the_loop(client, monkeypatch, slow):
    """No picture is decoded or encoded in the thread of the event loop."""
    decode, encode = slow(ImageFile.ImageFile.load), slow(Image.Image.save)
    for owner, name, does in (ImageFile.ImageFile, "load", decode), (Image.Image, "save", encode):
        monkeypatch.setattr(owner, name, partialmethod(does))
    status, _ = await send(client, png(480, 120, 120))
    assert status == 200
    for what, does in ("Decoding", decode), ("Encoding", encode):
        assert not does.trouble, f"{what} {does.trouble}."
