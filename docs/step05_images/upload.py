"""Pictures and files on their way to the blog, good ones and bad ones, and what it answers."""

import asyncio
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import click
from aiohttp.test_utils import TestServer
from PIL import Image

from steps.step05_images.app import create_app
from steps.step05_images.config import Config

POST = {"title": "On loops", "text": "A loop waits.", "owner": "Grace"}


def png(width: int, height: int) -> bytes:
    """Return a picture."""
    file = BytesIO()
    Image.new("1", (width, height)).save(file, "PNG")
    return file.getvalue()


async def send(http: aiohttp.ClientSession, what: str, image: bytes | str) -> None:
    """Send a post with an image, and print where that leads."""
    form = aiohttp.FormData(POST)
    form.add_field("image", image, filename="moth.png" if isinstance(image, bytes) else None)
    async with http.post("/new", data=form, allow_redirects=False) as answer:
        said = answer.headers.get("Location") or reason_in(await answer.text())
        click.echo(f"{what:34} {answer.status}  {said}")


def reason_in(page: str) -> str:
    """Return what the form says when it comes back."""
    return page.partition('role="alert">')[2].partition("</p>")[0]


async def attach(http: aiohttp.ClientSession, name: str) -> None:
    """Send a file to be kept with post 1, and print under which name it is kept."""
    with aiohttp.MultipartWriter("form-data") as body:
        part = body.append(b"Notes")
        part.set_content_disposition("form-data", False, name="file", filename=name)
    async with http.post("/api/posts/1/files", data=body) as answer:
        click.echo(f"{name:34} {answer.status}  {answer.headers.get('Location')}")


async def main() -> None:
    """Serve the blog with a new database, and send it all sorts of things."""
    with TemporaryDirectory() as folder:
        async with (
            TestServer(create_app(Config(Path(folder)))) as server,
            aiohttp.ClientSession(server.make_url("/")) as http,
        ):
            await send(http, "a picture", png(40, 30))
            await send(http, "a text that is called moth.png", b"I am a picture, believe me.")
            await send(http, "half a picture", png(400, 300)[:70])
            await send(http, "two kilobytes, 16 million pixels", png(4000, 4000))
            await send(http, "text in place of a file", "moth.png")
            await attach(http, "../../talk.pdf")
            async with http.get("/3/picture") as first:
                tag = first.headers["ETag"]
            async with http.get("/3/picture", headers={"If-None-Match": tag}) as second:
                click.echo(f"the picture, once more             {second.status}  {second.reason}")


if __name__ == "__main__":
    asyncio.run(main())
