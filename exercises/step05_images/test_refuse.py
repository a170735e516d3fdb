"""Refuse what is no picture.

`POST /` takes a form with a `title` and a file `image`; `GET /` lists the titles.
A JPEG or a PNG is kept, and answered with 201 and its title.
Anything else is refused, and leaves no trace in the album:
415 for what is neither, whatever its name says; 422 for a picture that is cut off, for text
in the field or no file at all; 413 for more than `PIXELS`, told before it is decoded.
Too many bytes are a 413 already, thanks to `client_max_size`.
Pictures are decoded in a thread: others are answered meanwhile.
"""

from functools import partialmethod
from io import BytesIO

import pytest
from aiohttp import FormData
from PIL import Image, ImageFile

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=2, minutes=8, when="room")

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(kind="PNG", size=(40, 30)):
    """Return a picture with something in it."""
    file = BytesIO()
    Image.effect_noise(size, 80).save(file, kind)
    return file.getvalue()


def large(width=1001):
    """Return a few bytes with about a million pixels."""
    file = BytesIO()
    Image.new("1", (width, 1000)).save(file, "PNG")
    return file.getvalue()


async def send(client, data, title="Moth"):
    """Send a file that says of itself that it is a PNG; return the status and the reason."""
    form = FormData({"title": title})
    form.add_field("image", data, filename="moth.png", content_type="image/png")
    response = await client.post("/", data=form)
    return response.status, await response.text()


async def titles(client):
    """Return the titles in the album."""
    response = await client.get("/")
    assert response.status == 200
    return await response.json()


NO_FILE = cause(
    201,
    what="A form without a picture was taken.",
    do="Below `if not isinstance(image, web.FileField):`, `raise web.HTTPUnprocessableEntity(…)`.",
)


@pytest.mark.hint(
    "Three TODOs lead here. In `add`: `await bytes_of(form)`, keep it, answer with the title.",
    "In `bytes_of`: `await asyncio.to_thread(look_at, image.file)`; `image.file.read()` are bytes.",
    "Who has looked at a file stands at its end: `image.file.seek(0)` before you read it.",
)
async def test_takes_pictures(client, exercise):
    """A JPEG and a PNG are kept, byte for byte: 201, and their titles are in the list."""
    for title, kind in ("Moth", "PNG"), ("Relay", "JPEG"):
        data = picture(kind)
        status, answer = await send(client, data, title)
        assert status == 201
        assert title in answer, (
            f"The answer to {title} must have its title: {answer!r:.50}"
            | cause(
                what="The answer does not say what was kept.",
                do='Answer with it: `web.json_response({"title": title}, status=201)`.',
            )
        )
        assert client.app[exercise.ALBUM][title] == data, (
            "Other bytes are kept than were sent."
            | cause(
                what="Who looked at the file stands at its end, or has changed it.",
                do="Go back to its beginning, `image.file.seek(0)`, and keep `image.file.read()`.",
            )
        )
    assert await titles(client) == ["Moth", "Relay"]


@pytest.mark.hint(
    "`Image.open(file, formats=FORMATS)` looks at the bytes, not at the name.",
    "It raises `UnidentifiedImageError` when it is none of these formats.",
    "That is an OSError too, so it is caught by whichever `except` comes first.",
)
async def test_no_picture(client):
    """Text, an SVG and a GIF are a 415, though they are called moth.png."""
    for data in b"I am a picture, believe me.", SVG, picture("GIF"):
        status, reason = await send(client, data)
        assert status == 415, (
            f"{data[:20]!r} must be refused with 415, not {status}."
            | cause(
                when=status == 201,
                what="A file that is neither JPEG nor PNG was taken.",
                do="Let Pillow look at the bytes, `Image.open(file, formats=FORMATS)`, and make"
                " a 415 of its `UnidentifiedImageError`.",
            )
            | cause(
                when=status == 422,
                what="`UnidentifiedImageError` is an `OSError` too: another `except` came first.",
                do="Put `except UnidentifiedImageError` above the other one.",
            )
        )
        assert reason, "Say why."


@pytest.mark.hint(
    "`Image.open` reads the beginning only. `image.load()` reads it to the end.",
    "`verify()` is not enough: it does not decode, so it finds nothing wrong with half a JPEG.",
    "`except DAMAGED:` catches what Pillow raises then; make a 422 of it.",
)
async def test_cut_off(client):
    """A PNG and a JPEG of which the end is missing are a 422."""
    for kind in "PNG", "JPEG":
        data = picture(kind, (200, 200))
        status, reason = await send(client, data[: len(data) // 2])
        assert status == 422, f"Half a {kind} must be refused with 422, not {status}." | cause(
            when=status == 201,
            what="Nobody read the picture to its end: neither `open` nor `verify` does.",
            do="Call `image.load()` in `look_at`, and make a 422 of `DAMAGED`.",
        )
        assert reason, "Say why."


@pytest.mark.hint(
    "A form field may be text, or not be there at all. Only a file is a `web.FileField`.",
    "`if not isinstance(image, web.FileField):` and below it a `raise`.",
)
async def test_no_file(client):
    """Text in the field, no file chosen, no such field: each is a 422."""
    empty = FormData({"title": "Moth"})
    empty.add_field("image", b"", filename="", content_type="application/octet-stream")
    for form in {"title": "Moth", "image": "moth.png"}, {"title": "Moth"}, empty:
        response = await client.post("/", data=form)
        assert response.status == 422, NO_FILE


@pytest.mark.hint(
    "`image.width` and `image.height` are known once it is open, before it is decoded.",
    "`raise web.HTTPRequestEntityTooLarge(PIXELS)`, and do it before `image.load()`.",
)
async def test_too_large(client):
    """A picture with more than PIXELS is a 413, one with just as many is taken."""
    status, _ = await send(client, large(1001))
    assert status == 413, cause(
        201,
        what="A picture with too many pixels was taken.",
        do="Compare the product, `image.width * image.height > PIXELS`, once the picture is open.",
    )
    status, _ = await send(client, large(1001)[:-40])  # who decodes it first finds it damaged
    assert status == 413, (
        f"Ask for the size before you decode: a 413 was due, not {status}."
        | cause(
            when=status == 422,
            what="The picture was decoded first, which is what a bomb waits for.",
            do="Put `image.load()` below the line that compares with PIXELS.",
        )
    )
    status, _ = await send(client, large(1000))
    assert status == 201, cause(
        413,
        what="A picture with just PIXELS was refused.",
        do="Refuse what has more, `>`, and nothing else.",
    )
    assert (await send(client, bytes(300_000)))[0] == 413, "Too many bytes must be a 413." | cause(
        what="The limit of the body, `client_max_size`, no longer answers.",
        do="Leave it in `create_app`, and catch no `HTTPRequestEntityTooLarge`.",
    )


@pytest.mark.hint(
    "A picture takes a while to decode. A plain call of `look_at` decodes in the event loop.",
    "`await asyncio.to_thread(look_at, image.file)`: the function and its argument.",
)
async def test_in_a_thread(client, monkeypatch, slow):
    """While a picture is decoded, the event loop goes on."""
    decode = slow(ImageFile.ImageFile.load)
    monkeypatch.setattr(ImageFile.ImageFile, "load", partialmethod(decode))
    status, _ = await send(client, picture())
    assert status == 201
    assert not decode.trouble, f"Decoding {decode.trouble}."


@pytest.mark.hint(
    "What is kept before it is looked at stays when it is refused.",
    "First `image = await bytes_of(form)`, and only below it the line that keeps it.",
)
async def test_leaves_nothing(client, exercise):
    """What was refused is not in the album, and does not take the place of what is there."""
    good = picture()
    status, _ = await send(client, good)
    assert status == 201
    for title in "Moth", "Relay":
        for bad in SVG, picture("JPEG")[:300], large():
            status, _ = await send(client, bad, title)
            assert 400 <= status < 500
        await client.post("/", data={"title": title, "image": "text"})
    assert await titles(client) == ["Moth"], cause(
        lambda came: "Relay" in came,
        what="A title was kept though its picture was refused.",
        do="Keep it below `await bytes_of(form)`, when nothing was raised.",
    )
    assert client.app[exercise.ALBUM]["Moth"] == good, "The good picture is gone." | cause(
        what="A picture that was refused took the place of a good one.",
        do="Change the album below `await bytes_of(form)`, when nothing was raised.",
    )
