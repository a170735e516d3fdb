"""Regression N3: a post is deleted while a file is uploaded to it.

Every app with the decorator `fails_on` is broken on purpose: do not copy it.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path

from aiohttp import BodyPartReader, ClientResponse, MultipartWriter, web

from .gallery import picture
from .regression import POST, Blog, regression

FORM = {"title": "On loops", "text": "A loop waits.", "editor": "Ada"}


async def in_two(data: bytes, go: asyncio.Event) -> AsyncIterator[bytes]:
    """Yield the first half of a file, then the second half after an event."""
    yield data[: len(data) // 2]
    await go.wait()
    yield data[len(data) // 2 :]


def sending(
    blog: Blog, path: str, go: asyncio.Event, data: bytes, **fields: str
) -> Awaitable[ClientResponse]:
    """Start to send a form with a file."""
    with MultipartWriter("form-data") as body:
        for name, value in fields.items():
            body.append(value).set_content_disposition("form-data", name=name)
        part = body.append(in_two(data, go))
        part.set_content_disposition("form-data", name="image", filename="talk.txt")
    return asyncio.create_task(blog.send("POST", path, data=body))


@regression(3, 5, "step05_images/index.md: is deleted while its file is on the way", family="N")
async def upload_outlives_its_post(blog: Blog) -> None:
    """A file whose post is deleted during the upload is stored and served."""
    client = await blog.serve()
    go = asyncio.Event()
    folder = blog.data / "files" / "1"
    uploads = [sending(blog, "/api/posts/1/files", go, bytes(2**20)) for _ in range(2)]
    while len(list(folder.glob("*"))) < 2:  # until both have begun
        await client.get("/api/posts")
    assert (await blog.send("DELETE", "/api/posts/1")).status == 204
    go.set()
    for upload in uploads:
        status = (await upload).status
        assert status == 404, f"an upload to a post that is gone is a {status}"
    assert not [path for path in folder.rglob("*") if path.is_file()], "a file outlived its post"
    folder.mkdir(exist_ok=True)
    (folder / "left.txt").write_text("the disk was slow, or the server was killed")
    status = (await client.get("/1/files/left.txt")).status
    assert status == 404, f"a file of a post that is gone is a {status}"
    if blog.step:
        await picture_outlives_its_post(blog)


async def picture_outlives_its_post(blog: Blog) -> None:
    """Test the same with a picture of the user's own post."""
    made = await blog.form("/new", picture(), **POST)
    path = made.headers["Location"]
    go = asyncio.Event()
    fields = {**FORM, "csrf": blog.csrf} if blog.csrf else FORM
    editing = sending(blog, f"{path}/edit", go, picture(size=(400, 400)), **fields)
    assert (await blog.client.get(f"{path}/picture")).status == 200
    assert (await blog.send("DELETE", f"/api/posts{path}")).status == 204
    go.set()
    status = (await editing).status
    assert status == 404, f"a picture for a post that is gone is a {status}"
    status = (await blog.client.get(f"{path}/picture")).status
    assert status == 404, f"the picture of a post that is gone is a {status}"


class Archive:
    """A sound app: it stores a file only while its post exists."""

    def __init__(self, data: Path) -> None:
        data.mkdir()
        self.folder = data / "files" / "1"
        self.posts = {1}

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/api/posts/1/files", self.upload)
        app.router.add_delete("/api/posts/1", self.delete)
        app.router.add_get("/1/files/{name}", self.download)
        return app

    def is_there(self) -> bool:
        return 1 in self.posts

    async def upload(self, request: web.Request) -> web.Response:
        part = await (await request.multipart()).next()
        assert isinstance(part, BodyPartReader)
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f".{id(request)}"
        unfinished.touch()
        data = await part.read()
        unfinished.unlink()
        if not self.is_there():
            raise web.HTTPNotFound
        (self.folder / "talk.txt").write_bytes(data)
        return web.Response(status=201)

    async def delete(self, request: web.Request) -> web.Response:
        self.posts.remove(1)
        return web.Response(status=204)

    async def download(self, request: web.Request) -> web.StreamResponse:
        if not self.is_there():
            raise web.HTTPNotFound
        return web.FileResponse(self.folder / request.match_info["name"])


@upload_outlives_its_post.fails_on("an upload to a post that is gone is a 201")
class AsksOnlyBefore(Archive):
    def is_there(self) -> bool:
        return True


@upload_outlives_its_post.fails_on("a file outlived its post")
class LeavesTheFile(Archive):
    async def upload(self, request: web.Request) -> web.Response:
        try:
            return await super().upload(request)
        except web.HTTPNotFound:
            (self.folder / "talk.txt").touch()
            raise


@upload_outlives_its_post.fails_on("a file of a post that is gone is a 200")
class ServesWhatIsLeft(Archive):
    async def download(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(self.folder / request.match_info["name"])


upload_outlives_its_post.passes_on(Archive)
