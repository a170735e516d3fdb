"""Make a thumbnail.

Write `thumbnail(file)`; the handler calls it in a thread and sends what it returns.
It makes a WebP of any picture: neither side longer than 240, the shape kept.
A photo taken with the camera held upright stands upright.
What could be seen through can still be seen through.
"""

from io import BytesIO

import pytest
from PIL import Image

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=1, minutes=6, when="room")

ORIENTATION = 0x0112


async def thumbnail_of(client, image, kind="PNG", **options):
    """Send a picture and return the one that comes back."""
    file = BytesIO()
    image.save(file, kind, **options)
    file.seek(0)
    response = await client.post("/thumbnail", data={"image": file})
    assert response.status == 200
    body = await response.read()
    assert body, "The answer is empty: thumbnail() must return the bytes of a picture." | cause(
        what="`save` leaves a file at its end, and `read()` goes on from there: nothing is left.",
        do="Return `made.getvalue()`, which is all of it.",
    )
    assert body[:4] + body[8:12] == b"RIFFWEBP", "The answer must be a WebP." | cause(
        what="The picture was saved as something else.", do='Name the format: `save(made, "WEBP")`.'
    )
    return Image.open(BytesIO(body))


@pytest.mark.hint(
    "`with Image.open(file) as image:` opens it; its method `thumbnail((SIDE, SIDE))` changes it.",
    '`save` writes to a file, and `BytesIO()` is one in memory: `image.save(made, "WEBP")`.',
    "`return made.getvalue()`",
)
async def test_small(client):
    """A picture of 720 × 360 comes back as a WebP of 240 × 120."""
    small = await thumbnail_of(client, Image.new("RGB", (720, 360), "red"))
    assert small.size == (240, 120), cause(
        lambda came: came != (720, 360),
        what="The picture has lost its shape, or its size.",
        do="`image.thumbnail((SIDE, SIDE))` fits it into a square and keeps its shape.",
    ) | cause(
        (720, 360),
        what="The picture is as large as before.",
        do="Call `image.thumbnail((SIDE, SIDE))` before you save it; it changes the image itself.",
    )
    small = await thumbnail_of(client, Image.new("RGB", (480, 480), "red"), "JPEG")
    assert small.size == (240, 240)


@pytest.mark.hint(
    "`resize` squashes a picture into the size that you name; which method keeps its shape?",
    "`image.thumbnail((SIDE, SIDE))` takes this as a frame, and never makes a picture larger.",
)
async def test_shape(client):
    """A tall picture stays tall, and a small one is not blown up."""
    for size, wanted in ((200, 800), (60, 240)), ((30, 20), (30, 20)), ((960, 12), (240, 3)):
        small = await thumbnail_of(client, Image.new("RGB", size, "red"))
        assert small.size == wanted, (
            f"{size} became {small.size}; {wanted} was wanted."
            | cause(
                when=small.size > size,
                what="A small picture was made larger.",
                do="`image.thumbnail((SIDE, SIDE))` leaves it as it is.",
            )
            | cause(
                what="The picture has lost its shape.",
                do="`image.thumbnail((SIDE, SIDE))` takes it as a frame; `resize` fills the frame.",
            )
        )


@pytest.mark.hint(
    "A camera stores the picture as its chip lay, and notes in the EXIF data how to turn it.",
    "`ImageOps.exif_transpose(image)` returns a picture that is turned, without the note.",
    "It returns a new picture: `upright = ImageOps.exif_transpose(image)`.",
)
async def test_upright(client):
    """A photo is turned as its camera was held: EXIF orientation 6, 3 and 8."""
    photo = Image.new("RGB", (80, 40), "blue")
    photo.paste("red", (0, 0, 40, 40))
    for orientation, size, red in (
        (6, (40, 80), (20, 10)),
        (3, (80, 40), (70, 20)),
        (
            8,
            (40, 80),
            (20, 70),
        ),
    ):
        exif = photo.getexif()
        exif[ORIENTATION] = orientation
        small = await thumbnail_of(client, photo, "JPEG", exif=exif)
        turn = cause(
            what="The camera's note was not followed: it says how the picture must be turned.",
            do="Go on with what `ImageOps.exif_transpose(image)` returns: that is a new picture.",
        )
        assert small.size == size, (
            f"Orientation {orientation}: {small.size} came, {size} wanted." | turn
        )
        assert small.convert("RGB").getpixel(red)[0] > 200, "It is turned the wrong way." | turn
        note = small.getexif().get(ORIENTATION, 1)
        assert note == 1, (
            "It is turned and still says: turn me. A browser would turn it again."
            | cause(
                what="The old EXIF data was saved with the turned picture.",
                do="Save without `exif=`: `ImageOps.exif_transpose(image)` takes the note away.",
            )
        )


@pytest.mark.hint(
    "JPEG has no transparency, WebP has. Is there a `convert` on the way that throws it away?",
    'WebP takes "RGBA" as it is, so there is nothing to convert.',
)
async def test_transparent(client):
    """What can be seen through in a PNG or a GIF can be seen through in its thumbnail."""
    for kind in "PNG", "GIF":
        picture = Image.new("RGBA", (480, 240), (0, 0, 0, 0))
        picture.paste((255, 0, 0, 255), (0, 0, 240, 240))
        small = (await thumbnail_of(client, picture, kind)).convert("RGBA")
        assert small.getpixel((30, 60))[3] == 255, "The red half must not be seen through."
        assert small.getpixel((210, 60))[3] == 0, f"The clear half of a {kind} is filled." | cause(
            what="Something on the way threw the transparency away.",
            do='Is there a `convert("RGB")`, or a JPEG in between? Save the picture as it is.',
        )


@pytest.mark.hint(
    "A GIF has a palette, a picture for print has four colours, a scan has shades of grey only.",
    "Take whatever `Image.open` opens, and let `save` convert it.",
)
async def test_kinds(client):
    """Palettes, greys and print colours come out as they look."""
    grey = Image.new("L", (9, 9), 200)
    palette = Image.new("P", (9, 9), 5)
    palette.putpalette([200] * 768)
    for picture, kind in (
        (grey, "PNG"),
        (palette, "GIF"),
        (Image.new("CMYK", (9, 9), (0, 0, 0, 55)), "JPEG"),
    ):
        shade = (await thumbnail_of(client, picture, kind)).convert("L").getpixel((4, 4))
        assert abs(shade - 200) < 5, (
            f"A {kind} with mode {picture.mode} lost its colour: {shade}."
            | cause(
                what="The numbers of one mode were taken for those of another.",
                do="Let `save` convert the picture that `Image.open` opened.",
            )
        )


@pytest.mark.hint(
    "`thumbnail(image.file)` in a handler works right in the event loop, and all others wait.",
    "Leave the line in `make` as it was: `await asyncio.to_thread(thumbnail, image.file)`.",
)
async def test_others_go_on(client, exercise, monkeypatch, slow):
    """While a thumbnail is made, the server goes on answering others."""
    thumbnail = slow(exercise.thumbnail)
    monkeypatch.setattr(exercise, "thumbnail", thumbnail)
    await thumbnail_of(client, Image.new("RGB", (30, 20), "red"))
    assert thumbnail.calls, "The handler did not call thumbnail()."
    assert not thumbnail.trouble, f"thumbnail() {thumbnail.trouble}."
