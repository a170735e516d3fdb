"""Making pictures small: shape, orientation, transparency, depth, and pictures made to do harm."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from .pictures import DamagedError, TooManyPixelsError, UnknownFormatError, shrink

RED = (255, 0, 0)


def sent(image: Image.Image, kind: str = "PNG", **options: object) -> BytesIO:
    """Return a picture as a file."""
    file = BytesIO()
    image.save(file, kind, **options)
    file.seek(0)
    return file


def came(data: bytes) -> Image.Image:
    """Return the picture that is in the bytes."""
    image = Image.open(BytesIO(data))
    assert image.format == "WEBP"
    return image


def bomb(width: int, height: int) -> BytesIO:
    """Return a small PNG file with very many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = zlib.compress(bytes(10**6))
    parts = chunk(b"IHDR", header), chunk(b"IDAT", body), chunk(b"IEND", b"")
    return BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((2000, 1000), [(1024, 512), (240, 120)]),
        ((500, 1500), [(341, 1024), (80, 240)]),
        ((20, 10), [(20, 10), (20, 10)]),
        ((3000, 1), [(1024, 1), (240, 1)]),
    ],
)
def test_shape_is_kept(size: tuple[int, int], wanted: list[tuple[int, int]]) -> None:
    """A large picture becomes small without being squashed; a small one stays as it is."""
    images = shrink(sent(Image.new("RGB", size, RED)))
    assert [came(images[name]).size for name in ("picture", "thumbnail")] == wanted


@pytest.mark.parametrize("progressive", [False, True])
def test_a_photo_may_be_large(progressive: bool) -> None:
    """A JPEG of 12 million pixels is decoded at a smaller size, progressive or not."""
    images = shrink(sent(Image.new("RGB", (4000, 3000), RED), "JPEG", progressive=progressive))
    assert came(images["picture"]).size == (1024, 768)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_a_whole_screen(mode: str) -> None:
    """A picture of a 4K screen is taken."""
    images = shrink(sent(Image.new(mode, (3840, 2160))))
    assert came(images["picture"]).size == (1024, 576)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_orientation(kind: str) -> None:
    """A photo taken upright stands upright, and says nothing of place or camera."""
    image = Image.new("RGB", (80, 40), "blue")
    image.paste(RED, (0, 0, 40, 40))
    exif = image.getexif()
    exif[0x0112], exif[0x010F] = 6, "ACME camera"
    made = shrink(sent(image, kind, exif=exif))["picture"]
    assert came(made).size == (40, 80)
    top = came(made).convert("RGB").getpixel((20, 20))
    assert isinstance(top, tuple)
    assert top[0] > 200
    assert b"ACME" not in made


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_transparency(kind: str) -> None:
    """What can be seen through stays so."""
    images = shrink(sent(Image.new("RGBA", (80, 40), (255, 0, 0, 0)), kind))
    for data in images.values():
        assert came(data).convert("RGBA").getchannel("A").getextrema() == (0, 0)


@pytest.mark.parametrize(
    ("mode", "value", "kind"),
    [
        ("L", 200, "PNG"),
        ("LA", (200, 255), "PNG"),
        ("P", 5, "GIF"),
        ("RGB", (200, 200, 200), "PNG"),
        ("I;16", 51_400, "PNG"),
        ("CMYK", (0, 0, 0, 55), "JPEG"),
    ],
)
def test_every_kind_of_colour(mode: str, value: float | tuple[int, ...], kind: str) -> None:
    """Sixteen bits, palettes, print colours: all come out as they look."""
    image = Image.new(mode, (8, 8), value)
    if mode == "P":
        image.putpalette([200] * 768)
    pixel = came(shrink(sent(image, kind))["picture"]).convert("L").getpixel((4, 4))
    assert pixel == pytest.approx(200, abs=4)


@pytest.mark.parametrize("data", [b"", b"text", b"<svg/>", b"BM" * 99, b"\x89PNG", b"GIF89a"])
def test_no_picture(data: bytes) -> None:
    """Text, vector graphics and kinds that we do not take are refused."""
    with pytest.raises(UnknownFormatError):
        shrink(BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_cut_off(kind: str) -> None:
    """A picture of which the end is missing is refused."""
    data = sent(Image.effect_noise((200, 200), 90), kind).getvalue()
    with pytest.raises(DamagedError):
        shrink(BytesIO(data[: len(data) // 2]))


@pytest.mark.parametrize("width", [15_000, 9500, 4501, 2**31 - 1])
def test_bombs(width: int) -> None:
    """A few kilobytes that would need much memory are refused before they are decoded."""
    with pytest.raises(TooManyPixelsError):
        shrink(bomb(width, max(2000, width)))


def test_jpeg_bombs() -> None:
    """A JPEG that cannot be decoded small is held to the same limit as all others."""
    with pytest.raises(TooManyPixelsError):
        shrink(sent(Image.new("L", (5001, 5000)), "JPEG", progressive=True))
    with pytest.raises(TooManyPixelsError):
        shrink(sent(Image.new("L", (65_000, 200)), "JPEG"))
    with pytest.raises(TooManyPixelsError):
        shrink(sent(Image.new("L", (8000, 7000)), "JPEG"))
