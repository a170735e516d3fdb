"""Binary data in bodies, comparisons, marks and curl lines is described in words."""

from __future__ import annotations

import zlib

import pytest

from workshop.recorder.client_trace import SentRequest
from workshop.recorder.exchanges import marks
from workshop.report import BODY_LIMIT, Mark, Message, binary
from workshop.report.comparison import Comparison, represent
from workshop.report.curl import curl

NOISE = zlib.compress(bytes(range(256)) * 9)[2:] + bytes(range(128, 192)) * 60
PNG = b"\x89PNG\r\n\x1a\n" + NOISE
FORM = (
    b'--wall\r\nContent-Disposition: form-data; name="title"\r\n\r\nA picture of Ada\r\n'
    b'--wall\r\nContent-Disposition: form-data; name="file"; filename="ada.png"\r\n'
    b"Content-Type: image/png\r\n\r\n" + PNG[:900] + b"\r\n--wall--" + b" " * 40 + b"\r\n"
)


@pytest.mark.parametrize("text", ["", "Grüße aus Ołtarzew, 日本", "{\n\t1: 2\r\n}"])
def test_text_is_text(text):
    """Bytes that are text stay as they were, whatever their letters."""
    assert binary.body_text(text.encode()) == text


def test_a_letter_in_another_encoding_is_escaped():
    """A few bytes that are no text are shown as escapes."""
    assert binary.body_text("Grüße".encode("latin-1")) == "Gr\\xfc\\xdfe"
    assert binary.body_text(b"a\x00b") == "a\\x00b"


def test_a_letter_cut_in_half_is_text():
    """A text whose last letter is cut in half counts as text."""
    data = ("日" * BODY_LIMIT).encode()[:BODY_LIMIT]
    assert binary.body_text(data).startswith("日日日")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PNG, "a PNG picture"),
        (b"\xff\xd8\xff\xe0" + NOISE, "a JPEG picture"),
        (b"GIF89a" + NOISE, "a GIF picture"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 " + NOISE, "a WebP picture"),
        (b"PK\x03\x04" + NOISE, "a ZIP archive"),
        (b"%PDF-1.7\n" + NOISE, "a PDF"),
        (b"\x1f\x8b" + NOISE, "packed by gzip"),
        (NOISE, "no text"),
        (b"\xff" * 40, "no text"),
        (PNG + b"Comment: " + b"made by hand " * 9 + NOISE, "a PNG picture"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_binary_data_is_described_by_size_and_type(data, kind):
    """Binary data is described by its size and its file type, not by escapes."""
    assert binary.body_text(data) == f"({len(data):,} bytes: {kind})"
    assert binary.body_text(data[:100], 9_999) == f"(9,999 bytes: {kind})" or len(data) < 100
    assert represent(data) == f"<{len(data):,} bytes: {kind}>"
    assert "\\x" not in represent({"picture": data})


def test_a_form_shows_its_fields():
    """Of a multipart form only the file is described in words; the fields are shown."""
    text = binary.body_text(FORM)
    assert 'name="title"\r\n\r\nA picture of Ada' in text
    assert "900 bytes: a PNG picture)" in text
    assert "\\x" not in text
    line = curl("POST", "/", [("Content-Type", "multipart/form-data; boundary=wall")], text)
    assert "-F 'title=A picture of Ada' -F file=@ada.png" in line


def test_two_pictures_differ_from_a_byte_on():
    """A comparison of two pictures shows a few bytes of both from the first difference."""
    other = PNG[:40] + b"\x01\x02" + PNG[42:]
    found = Comparison("==", PNG, other).difference()
    assert "from byte 40 on 01 02" in found.wanted
    assert found.came != found.wanted
    assert len(found.came) < 120
    shorter = Comparison("==", PNG[:30], PNG).difference()
    assert "it ends before byte 30" in shorter.came


def test_a_picture_that_is_wrong_is_marked_as_a_whole():
    """A wrong picture is marked as a whole body."""
    answer = Message("HTTP/1.1 200 OK", (), binary.body_text(PNG), len(PNG))
    assert list(marks(answer, Comparison("==", PNG, b"other"))) == [Mark("body")]
    assert list(marks(answer, Comparison("==", PNG + b"x", b"other"))) == []


def test_curl_sends_a_picture_from_a_file():
    """The curl line sends a picture from a file, since escapes would be another body."""
    from workshop.recorder.exchanges import exchanges

    headers = (("Content-Type", "image/png"),)
    draft = SentRequest("POST", "/", headers, inner=False, body=bytearray(PNG), body_size=len(PNG))
    [exchange] = exchanges([draft], [])
    assert exchange.curl.endswith("--data-binary @picture.png http://127.0.0.1:8080/")
    assert exchange.request.body == f"({len(PNG):,} bytes: a PNG picture)"
