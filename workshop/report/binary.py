"""Binary bodies as text for a report: the number of bytes, the file type, escaped characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workshop.report import Message

if TYPE_CHECKING:
    import aiohttp

ESCAPED_LIMIT = 16
"""Binary bytes that are shown as escapes at most, such as a letter in another encoding."""
TEXT_RUN = re.compile(rb"(?:[\t\n\r\x20-\x7e]|[\xc3-\xf4][\x80-\xbf]{1,3}){32,}")
"""A run of text that is too long to be an accident."""
HEX_SHOWN = 16
"""Bytes that are shown from the first difference on."""
FILE_TYPES = {
    b"\x89PNG\r\n\x1a\n": ("a PNG picture", "picture.png"),
    b"\xff\xd8\xff": ("a JPEG picture", "picture.jpg"),
    b"GIF8": ("a GIF picture", "picture.gif"),
    b"BM": ("a BMP picture", "picture.bmp"),
    b"%PDF": ("a PDF", "document.pdf"),
    b"PK\x03\x04": ("a ZIP archive", "archive.zip"),
    b"\x1f\x8b": ("packed by gzip", "body.gz"),
}
"""File types by their first bytes: a description and a file name."""
UNKNOWN_TYPE = "no text", "body.bin"


def body_text(data: bytes, size: int | None = None) -> str:
    """Return bytes as text; a long run of binary bytes is described in words.

    `size` is how many there are where these are only the first.
    """
    if not is_binary(data):
        return decode_escaped(data)
    more = max(0, (size or 0) - len(data))
    if is_wholly_binary(data):
        return _text_or_size(data, more)
    found, at = "", 0
    for text in TEXT_RUN.finditer(data):
        found += _text_or_size(data[at : text.start()], 0) + decode_escaped(text[0])
        at = text.end()
    return found + _text_or_size(data[at:], more)


def is_binary(data: object) -> bool:
    """Return whether a value is bytes with more than `ESCAPED_LIMIT` that are no text."""
    if not isinstance(data, bytes | bytearray):
        return False
    strange = sum(map(len, re.findall("[\x00-\x08\x0e-\x1f\x7f\ufffd]", _decoded(data))))
    return strange > ESCAPED_LIMIT


def is_wholly_binary(data: bytes | bytearray) -> bool:
    """Return whether a whole body is binary, unlike a form with a file in it."""
    return is_binary(data) and (
        _file_type(bytes(data)) is not UNKNOWN_TYPE or not TEXT_RUN.search(data)
    )


def describe(data: bytes, at: int | None = None) -> str:
    """Return a description of binary bytes, with some of them from the first difference `at`."""
    words = f"{len(data):,} bytes: {_file_type(data)[0]}"
    if at is None:
        return f"<{words}>"
    if at >= len(data):
        return f"<{words}; it ends before byte {at:,}>"
    dots = " …" if len(data) > at + HEX_SHOWN else ""
    return f"<{words}; from byte {at:,} on {data[at : at + HEX_SHOWN].hex(' ')}{dots}>"


def file_name(data: bytes) -> str:
    """Return a file name for binary bytes."""
    return _file_type(data)[1]


def decode_escaped(data: bytes) -> str:
    """Return bytes as text, with escapes for bytes that are no UTF-8."""
    return data.decode("utf-8", "backslashreplace").replace("\x00", "\\x00")


def response_message(response: aiohttp.ClientResponse, body: str, size: int) -> Message:
    """Return a response as it came over the wire, with the text that is shown of its body.

    `size` is how many bytes the whole body has.
    """
    version = response.version
    number = f"{version.major}.{version.minor}" if version else "1.1"
    return Message(
        f"HTTP/{number} {response.status} {response.reason or ''}".rstrip(),
        tuple(
            (decode_escaped(name), decode_escaped(value)) for name, value in response.raw_headers
        ),
        body,
        size,
    )


def _decoded(data: bytes | bytearray) -> str:
    """Return bytes decoded with replacement, without a letter that is cut at the end."""
    return re.sub("\ufffd{1,3}$", "", data.decode("utf-8", "replace"))


def _text_or_size(data: bytes, more: int) -> str:
    if len(data) <= ESCAPED_LIMIT and not more:
        return decode_escaped(data)
    return f"({len(data) + more:,} bytes: {_file_type(data)[0]})"


def _file_type(data: bytes) -> tuple[str, str]:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP picture", "picture.webp"
    return next(
        (kind for begin, kind in FILE_TYPES.items() if data.startswith(begin)), UNKNOWN_TYPE
    )
