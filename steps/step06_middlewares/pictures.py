"""Pictures: whatever somebody sent is made small. This is slow: never call it in the event loop."""

import struct
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

SIDES = {"picture": 1024, "thumbnail": 240}
"""The sizes in which a picture is kept: neither side is longer than this."""

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
PIXELS = 9_000_000
"""So many pixels are decoded, those of a 4K screen; each takes up to 16 bytes on the way."""
PHOTO = 50_000_000
"""So many may a JPEG have: it is made smaller while it is decoded."""
PROGRESSIVE = 25_000_000
"""So many may a JPEG have that gets finer as it comes: all of it is held, in up to 8 bytes each."""

DAMAGED = (OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, struct.error)
"""What Pillow raises when a picture is cut off or makes no sense."""


class UnknownFormatError(Exception):
    """This is no picture, or none of a kind that we take."""


class TooManyPixelsError(Exception):
    """This picture would need too much memory."""


class DamagedError(Exception):
    """This picture cannot be read to its end."""


def shrink(file: IO[bytes]) -> dict[str, bytes]:
    """Return a picture in our sizes, as WebP; nothing else of what was in the file is kept."""
    try:
        with Image.open(file, formats=FORMATS) as image:
            check_pixels(image)
            image.load()
            plain = in_colour(image)
            plain.thumbnail((SIDES["picture"], SIDES["picture"]))  # keeps the shape
            upright = ImageOps.exif_transpose(plain)  # as the camera was held
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooManyPixelsError from None
    except UnidentifiedImageError:
        raise UnknownFormatError from None
    except DAMAGED:
        raise DamagedError from None
    return {size: encode(upright, side) for size, side in SIDES.items()}


def check_pixels(image: Image.Image) -> None:
    """Look at the size while nothing but the header is read."""
    most = PROGRESSIVE if "progressive" in image.info else PHOTO
    if image.width * image.height <= most:
        image.draft(None, (SIDES["picture"], SIDES["picture"]))  # does nothing unless it is a JPEG
    if image.width * image.height > PIXELS:
        raise TooManyPixelsError


def in_colour(image: Image.Image) -> Image.Image:
    """Return a picture with eight bits a colour; what can be seen through stays so."""
    if image.mode.startswith("I"):  # sixteen bits of grey
        return image.point(lambda value: value / 256).convert("L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    return image if image.mode == mode else image.convert(mode)


def encode(image: Image.Image, side: int) -> bytes:
    """Return a picture as WebP, no side longer than this."""
    small = image.copy()
    small.thumbnail((side, side))
    file = BytesIO()
    small.save(file, "WEBP")
    return file.getvalue()
