"""Pictures and files of posts: kept whole or not at all, with the right status and headers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from threading import Event

import pytest
from aiohttp import ClientError, FormData, MultipartWriter, web
from aiohttp.test_utils import TestClient
from PIL import Image

from . import files, images, streaming
from .pictures import shrink
from .streaming import safe_name

Client = TestClient[web.Request, web.Application]
POST = {"title": "On loops", "text": "A loop waits.", "owner": "Grace"}
EDIT = {"title": "On waiting", "text": "A loop waits.", "editor": "Alan"}


def png(size: tuple[int, int] = (40, 20), colour: str = "red") -> bytes:
    """Return a picture."""
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def form(fields: dict[str, str], image: bytes | str, name: str | None = "moth.png") -> FormData:
    """Return a form with a file in it, or with text where the file should be."""
    data = FormData(fields)
    kind = None if isinstance(image, str) else "image/png"
    data.add_field("image", image, filename=name, content_type=kind)
    return data


def stored(data: Path) -> list[Path]:
    """Return all files of posts, finished or not."""
    return [path for path in (data / "files").rglob("*") if path.is_file()]


async def test_an_image_comes_and_goes(client: Client) -> None:
    """A post made with an image has it in both sizes."""
    response = await client.post("/new", data=form(POST, png((2000, 1000))), allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/3")
    for size, wanted in ("picture", (1024, 512)), ("thumbnail", (240, 120)):
        response = await client.get(f"/3/{size}")
        assert (response.status, response.content_type) == (200, "image/webp")
        assert Image.open(BytesIO(await response.read())).size == wanted


async def test_edit_changes_or_keeps_the_image(client: Client) -> None:
    """A new image takes the old one's place; a form without one leaves it."""
    await client.post("/1/edit", data=form(EDIT, png()))
    first = (await client.get("/1/picture")).headers["ETag"]
    await client.post("/1/edit", data=form(EDIT, b"", ""))
    await client.post("/1/edit", data=EDIT)
    assert (await client.get("/1/picture")).headers["ETag"] == first
    await client.post("/1/edit", data=form(EDIT, png(colour="blue")))
    assert (await client.get("/1/picture")).headers["ETag"] != first


@pytest.mark.parametrize(
    ("image", "status", "reason"),
    [
        (b"no picture", 415, "Send a JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "Send a JPEG"),
        (png()[:60], 422, "damaged"),
        (png((3001, 3000)), 413, "too many pixels"),
        ("just text", 422, "must be a file"),
    ],
)
@pytest.mark.parametrize(("path", "fields"), [("/new", POST), ("/1/edit", EDIT)])
async def test_a_bad_image_leaves_nothing(
    client: Client, path: str, fields: dict[str, str], image: bytes | str, status: int, reason: str
) -> None:
    """The form comes back with the reason and what was typed; nothing is stored, then or later."""
    before = await (await client.get("/api/posts")).json()
    name = None if isinstance(image, str) else "moth.png"
    response = await client.post(path, data=form(fields, image, name))
    assert (response.status, response.content_type) == (status, "text/html")
    text = await response.text()
    assert reason in text
    assert fields["title"] in text
    await client.patch("/api/posts/2", json={"title": before["posts"][1]["title"]})
    assert await (await client.get("/api/posts")).json() == before
    assert (await client.get("/1/picture")).content_type == "image/svg+xml"


async def test_many_images_at_once(client: Client) -> None:
    """Ten uploads at once are all kept, and the server answers others in between."""
    posts = [client.post("/new", data=form(POST, png((900, 900)))) for _ in range(10)]
    answers = await asyncio.gather(*posts, client.get("/"), client.get("/api/posts"))
    assert {answer.status for answer in answers} == {200}
    for number in range(3, 13):
        assert (await client.get(f"/{number}/thumbnail")).content_type == "image/webp"


@pytest.mark.parametrize("number", [1, 3])
async def test_asking_again(client: Client, number: int) -> None:
    """An image that the client knows is a 304; another one is sent."""
    await client.post("/new", data=form(POST, png()))
    first = await client.get(f"/{number}/picture")
    assert first.headers["Cache-Control"] == "no-cache"
    etag = first.headers["ETag"]
    for known, status in (etag, 304), (f'"x", {etag}', 304), ("*", 304), ('"x"', 200), ("x", 200):
        response = await client.get(f"/{number}/picture", headers={"If-None-Match": known})
        assert response.status == status, known
        assert response.headers["ETag"] == etag
    assert (await client.head(f"/{number}/picture")).status == 200


async def test_no_picture_is_decoded_for_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A post that is not there is a 404 whatever the form is like, and no picture is looked at."""
    decoded: list[object] = []
    monkeypatch.setattr(images, "shrink", decoded.append)
    for fields in EDIT, {"title": ""}:
        assert (await client.post("/99/edit", data=form(fields, png()))).status == 404
    assert not decoded


@pytest.mark.parametrize("path", ["/99/picture", "/1/poster", "/0/picture", "/99/thumbnail"])
async def test_no_such_image(client: Client, path: str) -> None:
    """The image of a post that is not there is a 404."""
    assert (await client.get(path)).status == 404


async def test_a_deleted_post_takes_all_along(client: Client, data: Path) -> None:
    """Image and files go when the post goes."""
    await client.post("/1/edit", data=form(EDIT, png()))
    await client.post("/api/posts/1/files", data={"file": BytesIO(b"notes")})
    await client.delete("/api/posts/1")
    assert (await client.get("/1/picture")).status == 404
    assert stored(data) == []


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("talk.pdf", "talk.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\my talk.pdf", "my_talk.pdf"),
        ("..", "file"),
        (".bashrc", "bashrc"),
        ("Zoë\0\n.txt", "Zo_.txt"),
        ("x" * 200 + ".txt", "x" * 96 + ".txt"),
    ],
)
def test_safe_name(name: str, wanted: str) -> None:
    """Whatever a file is called, its name leads nowhere."""
    assert safe_name(name) == wanted


async def pieces(count: int) -> AsyncIterator[bytes]:
    """Yield a file piece by piece."""
    for _ in range(count):
        yield bytes(2**16)


@pytest.mark.parametrize("name", ["../x", "/etc/x", "..%2Fx", "x"])
async def test_a_large_file_comes_and_goes(client: Client, data: Path, name: str) -> None:
    """A file larger than any form is streamed to the disk, and to be saved when it comes back."""
    with MultipartWriter("form-data") as body:
        part = body.append(pieces(200))
        part.set_content_disposition("form-data", quote_fields=False, name="f", filename=name)
    response = await client.post("/api/posts/1/files", data=body)
    assert response.status == 201
    assert stored(data) == [data / "files" / "1" / safe_name(name)]
    response = await client.get(response.headers["Location"])
    assert len(await response.read()) == 200 * 2**16
    assert response.headers["Content-Disposition"] == "attachment"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert safe_name(name) in await (await client.get("/1")).text()


async def test_a_file_has_a_limit(
    client: Client, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file over the limit is a 413, and nothing of it stays."""
    monkeypatch.setattr(streaming, "LARGEST", 1000)
    response = await client.post("/api/posts/1/files", data={"file": BytesIO(bytes(1001))})
    assert response.status == 413
    assert stored(data) == []
    response = await client.post("/api/posts/1/files", data={"file": BytesIO(bytes(1000))})
    assert response.status == 201


async def test_a_file_in_the_place_of_another(client: Client) -> None:
    """A file of the same name replaces the one that was there, and the status says so."""
    for text, status in (b"old", 201), (b"new", 200):
        response = await client.post("/api/posts/1/files", data={"file": BytesIO(text)})
        assert response.status == status
        back = await client.get(response.headers["Location"])
        assert await back.read() == text


async def test_files_have_an_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A post has so many files at most."""
    monkeypatch.setattr(files, "MOST", 1)
    for name, status in ("a", 201), ("b", 507), ("a", 200):
        body = FormData()
        body.add_field("file", b"notes", filename=name)
        response = await client.post("/api/posts/1/files", data=body)
        assert response.status == status


async def test_files_at_once_have_an_end(
    client: Client, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who sends them all at once gets no more of them in, and they leave nothing."""
    monkeypatch.setattr(files, "MOST", 2)
    forms = [FormData() for _ in range(9)]
    for number, body in enumerate(forms):
        body.add_field("file", b"notes", filename=f"{number}.txt")
    answers = [client.post("/api/posts/1/files", data=body) for body in forms]
    statuses = [answer.status for answer in await asyncio.gather(*answers)]
    assert set(statuses) <= {201, 507}
    assert len(stored(data)) == statuses.count(201) <= 2


async def test_a_name_that_no_disk_has(client: Client) -> None:
    """A file under a name longer than a disk can have is not there."""
    await client.post("/api/posts/1/files", data={"file": BytesIO(b"notes")})
    assert (await client.get(f"/1/files/{'x' * 300}")).status == 404


FILE = b'--b\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\nsome'
TEXT = b'--b\r\nContent-Disposition: form-data; name="f"\r\n\r\nsome\r\n--b--\r\n'
CHARSET = b'--b\r\nContent-Disposition: form-data; name="_charset_"\r\n\r\n' + b"x" * 50
NESTED = b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\n--c--\r\n--b--\r\n"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b",
        b"--b--\r\n",
        b"nothing",
        b"--b\r\n\r\n",
        TEXT,
        TEXT[:-9],
        CHARSET + b"\r\n--b--\r\n",
        NESTED,
        b"--b\r\nX: " + b"x" * 9000 + b"\r\n\r\n",
        b"--b\r\nbad header\r\n\r\nsome\r\n--b--\r\n",
    ],
)
@pytest.mark.parametrize("path", ["/new", "/api/posts/1/files"])
async def test_strange_forms(client: Client, data: Path, path: str, body: bytes) -> None:
    """No form, however broken, is a 500, makes a post or leaves a file."""
    for kind in "multipart/form-data; boundary=b", "multipart/form-data", "multipart/mixed":
        response = await client.post(path, data=BytesIO(body), headers={"Content-Type": kind})
        assert response.status in {400, 415, 422}
    assert (await client.get("/3")).status == 404
    assert stored(data) == []


@pytest.mark.parametrize("body", [FILE, FILE + b"\r\n", FILE + b"\r\n--"])
async def test_cut_off_files(client: Client, data: Path, body: bytes) -> None:
    """A file without an end is a 400 and leaves nothing."""
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    response = await client.post("/api/posts/1/files", data=BytesIO(body), headers=headers)
    assert response.status == 400
    assert stored(data) == []


@pytest.mark.parametrize("gone", [True, False])
async def test_a_client_that_goes_away_while_a_file_is_sent(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, gone: bool
) -> None:
    """Whoever gives a download up as it begins leaves no error; any other one is ours."""

    async def prepare(self: web.FileResponse, request: web.BaseRequest) -> None:
        monkeypatch.setattr(request.transport, "is_closing", lambda: gone)
        raise RuntimeError("Transport is closing")  # as asyncio's sendfile says it

    monkeypatch.setattr(web.FileResponse, "prepare", prepare)
    with suppress(ClientError):
        await client.get("/1/picture")
    errors = [record for record in caplog.records if record.levelname == "ERROR"]
    assert bool(errors) != gone


async def test_no_picture_is_begun_at_the_stop(app: web.Application) -> None:
    """When the app ends, a picture that waits for the thread is not decoded any more."""
    context = images.image_executor(app)
    await anext(context)
    stopped = Event()
    busy = app[images.IMAGE_EXECUTOR].submit(stopped.wait, 5)
    waiting = app[images.IMAGE_EXECUTOR].submit(shrink, BytesIO(png()))
    waiting.add_done_callback(lambda _: stopped.set())
    with suppress(StopAsyncIteration):
        await anext(context)
    assert waiting.cancelled()
    assert busy.result() is True
