"""Stream an upload to the disk.

`POST /files` takes a form whose first part is a file, and answers 201 with `{"name": …}`.
The file lies then under that name in the app's data folder, and only there.
It comes in piece by piece and never lies in memory as a whole.
More than `LARGEST` bytes are a 413, at once; `client_max_size` does not count for such files.
A file that is cut off is a 400. What was refused leaves nothing in the folder.
"""

import asyncio
import re
import tracemalloc
from io import BytesIO

import pytest
from aiohttp import MultipartWriter

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=4, minutes=12, when="home")

PIECE = b"x" * 2**16
LARGEST = 4 * 2**20


def form(content, name):
    """Return a form with one file in it."""
    with MultipartWriter("form-data") as body:
        part = body.append(content)
        part.set_content_disposition("form-data", quote_fields=False, name="file", filename=name)
    return body


async def upload(client, content, name="talk.pdf"):
    """Send a file; return the answer."""
    async with asyncio.timeout(2):
        return await client.post("/files", data=form(content, name))


async def name_of(response):
    """Return the name under which a file was kept."""
    assert response.status == 201, cause(
        413,
        what="A file was refused that is not too large.",
        do="Read it with `part.read_chunk(PIECE)`: `part.read()` and `request.post()` have a limit"
        " of their own. Refuse what has more than LARGEST bytes, `>`.",
    )
    return (await response.json())["name"]


def files_in(folder):
    """Return all that lies in the folder, hidden or not."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.hint(
    "Begin with `receive`: `while piece := await part.read_chunk(PIECE):` and write each piece.",
    'In `keep`: `with (folder / name).open("wb") as file:` and `await receive(...)` in it.',
    "`keep` returns the name that `safe_name` made.",
)
async def test_keeps_it(client, data):
    """A file is answered with 201 and its name, and lies in the folder, byte for byte."""
    for name, content in ("talk.pdf", b"Notes"), ("moth-70_b.tar.gz", bytes(range(256)) * 999):
        response = await upload(client, content, name)
        assert await name_of(response) == name, cause(
            what="A plain name has become another one.",
            do="Let `safe_name` replace only what is not in `A-Za-z0-9._-`.",
        )
        assert (data / name).read_bytes() == content, cause(
            lambda came: len(came) < len(content),
            what="Not all of the file was written.",
            do="Go on until there is no more: `while piece := await part.read_chunk(PIECE):`.",
        )
    assert files_in(data) == ["moth-70_b.tar.gz", "talk.pdf"]


@pytest.mark.hint(
    "Only what comes after the last `/` or `\\` is the name.",
    '`re.sub(r"[^A-Za-z0-9._-]+", "_", name)` replaces all but plain letters, digits, `._-`.',
    'Without dots in front (`.lstrip(".")`) `..` is nothing: then take `"file"`.',
)
async def test_safe_names(client, data):
    """Whatever signs are in its name, a file lands in the folder, plainly named, not hidden."""
    names = ["../up.txt", "..\\up.txt", "/etc/up.txt", "a/../../up.txt", "..", ".hidden"]
    for number, name in enumerate([*names, "a b\tc?.txt"]):
        kept = await name_of(await upload(client, f"file {number}".encode(), name))
        assert re.fullmatch("[A-Za-z0-9._-]+", kept), f"{name!r} was kept as {kept!r}." | cause(
            what="The name has something in it that means a folder, or that is no plain letter.",
            do="Take what comes after the last `/` or `\\`, then replace all but `A-Za-z0-9._-`.",
        )
        assert not kept.startswith("."), f"{name!r} was kept as {kept!r}, which is hidden." | cause(
            what="A name that begins with a dot is hidden, and `..` is the folder above.",
            do='Take the dots away, `.lstrip(".")`; call it `file` when nothing is left.',
        )
        assert (data / kept).read_bytes() == f"file {number}".encode()
    outside = [path.name for path in data.parent.iterdir() if path.name != data.name]
    assert outside == [], "Something was written outside the folder."


@pytest.mark.hint(
    "`await part.read()` and `await request.post()` take all of it into memory, up to 1 MiB.",
    "`part.read_chunk(PIECE)` gives the next piece; write it before you ask for another.",
)
async def test_in_pieces(client, data):
    """A file of just LARGEST bytes is taken, with less than 2 MiB of memory."""
    await upload(client, b"Notes")

    async def pieces():
        for _ in range(LARGEST // len(PIECE)):
            yield PIECE

    tracemalloc.start()
    try:
        response = await upload(client, pieces())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert await name_of(response) == "talk.pdf"
    assert (data / "talk.pdf").stat().st_size == LARGEST
    assert peak < 2 * 2**20, (
        f"It took {peak / 2**20:.1f} MiB: the whole file lay in memory."
        | cause(
            what="The pieces were collected before they were written.",
            do="Write each piece as it comes, and keep none: `file.write(piece)` in the loop.",
        )
    )


@pytest.mark.hint(
    "Count the bytes as they come: `size += len(piece)`.",
    "`if size > LARGEST: raise web.HTTPRequestEntityTooLarge(LARGEST, size)`, inside the loop.",
    "After a refusal something must be deleted: `unfinished.unlink(missing_ok=True)` in `finally`.",
)
async def test_limit(client, data):
    """One byte more than LARGEST is a 413 at once, before the rest comes; nothing stays."""
    answered = asyncio.Event()

    async def pieces():
        for _ in range(LARGEST // len(PIECE)):
            yield PIECE
        yield b"x"
        for _ in range(4):
            yield PIECE
        await answered.wait()  # the server must not wait for the rest
        yield PIECE

    try:
        response = await upload(client, pieces())
        status = response.status
    except TimeoutError:
        status = "no answer before the rest came"
    finally:
        answered.set()
    assert status == 413, cause(
        201,
        what="A file with more than LARGEST bytes was taken.",
        do="Count the bytes as they come; raise `web.HTTPRequestEntityTooLarge` inside the loop.",
    ) | cause(
        lambda came: isinstance(came, str),
        what="The server read on, though it knew already that the file is too large.",
        do="Raise `web.HTTPRequestEntityTooLarge` inside the loop, before the next piece.",
    )
    assert files_in(data) == [], "What was refused is still there." | cause(
        what="The part that had come was left in the folder.",
        do="Delete it in `finally`: `unfinished.unlink(missing_ok=True)`.",
    )
    assert (await upload(client, BytesIO(bytes(LARGEST + 1)))).status == 413


@pytest.mark.hint(
    "aiohttp notices that the end is missing when it looks for the next part.",
    "`await reader.next()` after the loop; `except UNREADABLE:` catches what it raises.",
    "Write under another name first; `unfinished.replace(folder / name)` when it is complete.",
)
async def test_cut_off(client, data):
    """A file whose end is missing is a 400, and the file of that name stays as it was."""
    await name_of(await upload(client, b"The whole talk"))
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="talk.pdf"\r\n\r\n'
    for end in b"Half", b"Half\r\n", b"Half\r\n--":
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        response = await client.post("/files", data=BytesIO(head + end), headers=headers)
        assert response.status == 400, cause(
            201,
            what="Nobody looked whether the end of the file has come.",
            do="After the loop, `await reader.next()`: it raises when the end is missing. Make a"
            " 400 of `UNREADABLE`.",
        )
    in_the_way = cause(
        what="Half a file took the place of the whole one, or took it along.",
        do="Write under another name, and `unfinished.replace(folder / name)` when it is complete.",
    )
    assert files_in(data) == ["talk.pdf"], in_the_way
    assert (data / "talk.pdf").read_bytes() == b"The whole talk", in_the_way
