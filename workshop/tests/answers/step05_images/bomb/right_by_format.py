"""Asks for the format before it drafts, and works with the answer of draft."""


def check_pixels(image: Image.Image) -> None:
    """Refuse a picture that would need too much memory, before it is decoded."""
    pixels = image.width * image.height
    if image.format == "JPEG" and pixels <= PHOTO and not image.info.get("progressive"):
        pixels = PIXELS if image.draft("RGB", (SIDE, SIDE)) else pixels
    if pixels > PIXELS or image.width > 2**20:
        raise web.HTTPRequestEntityTooLarge(PIXELS, pixels)
