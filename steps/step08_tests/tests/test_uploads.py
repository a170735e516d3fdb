"""Pictures and files: what comes in, what comes out, what must never stay."""

from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import FormData
from PIL import Image

from .. import streaming
from ..config import Config
from .people import POST, Browser, Client


def picture(width: int, height: int) -> bytes:
    """Return a red picture as a file."""
    file = BytesIO()
    Image.new("RGB", (width, height), "red").save(file, "PNG")
    return file.getvalue()


async def publish(ada: Browser, image: bytes) -> int:
    """Send a post with a picture; return the status."""
    token = (await ada.page("/new")).partition('name="csrf" value="')[2].partition('"')[0]
    form = FormData({"csrf": token, **POST})
    form.add_field("image", image, filename="red.png", content_type="image/png")
    response = await ada.client.post("/new", data=form, allow_redirects=False)
    return response.status


async def test_a_picture_keeps_its_shape(ada: Browser) -> None:
    """A large picture becomes small, its sides in the same proportion."""
    assert await publish(ada, picture(2000, 1000)) == 303
    response = await ada.client.get("/3/thumbnail")
    assert response.content_type == "image/webp"
    assert Image.open(BytesIO(await response.read())).size == (240, 120)


@pytest.mark.parametrize(
    ("image", "status"),
    [(b"text", 415), (picture(9, 9)[:50], 422), (picture(3001, 3000), 413)],
    ids=["no picture", "cut off", "too many pixels"],
)
async def test_a_bad_picture_leaves_no_post(ada: Browser, image: bytes, status: int) -> None:
    """A picture that is refused takes the whole form with it."""
    assert await publish(ada, image) == status
    assert (await ada.client.get("/3")).status == 404


async def test_known_pictures_are_not_sent_again(ada: Browser) -> None:
    """Whoever has the picture gets a 304 without a body."""
    await publish(ada, picture(9, 9))
    etag = (await ada.client.get("/3/picture")).headers["ETag"]
    response = await ada.client.get("/3/picture", headers={"If-None-Match": etag})
    assert (response.status, await response.read()) == (304, b"")


async def test_no_picture(client: Client) -> None:
    """A post without one has a placeholder; no post has none."""
    assert (await client.get("/1/picture")).content_type == "image/svg+xml"
    assert (await client.get("/99/picture")).status == 404


def stored(config: Config) -> list[Path]:
    """Return every file that somebody sent."""
    return [path for path in (config.data / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["../../talk.txt", "/etc/talk.txt", "..\\talk.txt", "talk.txt"])
async def test_a_file_stays_in_its_folder(program: Client, config: Config, name: str) -> None:
    """Whatever a file is called, it lands in the folder of its post, and comes back whole."""
    form = FormData(quote_fields=False)
    form.add_field("file", b"words", filename=name)
    response = await program.post("/api/posts/1/files", data=form)
    assert response.status == 201
    assert stored(config) == [config.data / "files" / "1" / "talk.txt"]
    back = await program.get(response.headers["Location"])
    assert await back.read() == b"words"


async def test_a_file_too_large(
    program: Client, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is over the limit is refused on the way, and nothing of it stays."""
    monkeypatch.setattr(streaming, "LARGEST", 10)
    response = await program.post("/api/posts/1/files", data={"file": BytesIO(bytes(11))})
    assert response.status == 413
    assert stored(config) == []
