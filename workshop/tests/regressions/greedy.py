"""A broken module for T18: it decodes a picture of any size."""

from io import BytesIO
from typing import IO

from PIL import Image


def shrink(file: IO[bytes]) -> bytes:
    """Return a small picture."""
    made = BytesIO()
    image = Image.open(file).convert("RGB")
    image.thumbnail((240, 240))
    image.save(made, "WEBP")
    return made.getvalue()
