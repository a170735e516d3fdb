"""Regressions of request bodies: S1 their charset, S2 their compression, S6 their length.

Every app with the decorator `fails_on` is broken on purpose: do not copy it.
"""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aiohttp import BodyPartReader, MultipartWriter, StreamReader, web
from aiohttp.compression_utils import ZLibDecompressor

from .regression import Blog, regression

FORM = "application/x-www-form-urlencoded"
CODES = ("punycode", '"PUNYCODE"', "idna", "utf-7", "unicode_escape", "rot13", "zlib", "klingon")
UNPACKED = 16 * 2**20
MOST = 2**20
"""Bytes that may be decompressed: those that arrive together with the head of the request."""


def parts(kind: str) -> MultipartWriter:
    """Return a multipart form whose last field has this Content-Type."""
    body = MultipartWriter("form-data")
    for name, value in {"title": "text/plain", "text": kind}.items():
        part = body.append(b"A loop waits.", {"Content-Type": value})
        part.set_content_disposition("form-data", name=name)
    return body


def bodies(code: str, step: int) -> Iterator[tuple[str, str, str, Any]]:
    """Yield bodies with a charset: a name, the path, the Content-Type, the body."""
    yield "JSON", "/api/posts", f"application/json; charset={code}", b"{}"
    if step != 3:
        form = "/posts" if step == 2 else "/new"
        yield "a form", form, f"{FORM}; charset={code}", b"title=On+loops"
    if step >= 5:
        yield "a part of a form", "/new", "", parts(f"text/plain; charset={code}")


@regression(1, 2, "step02_routes/index.md: written in any code", family="S")
async def any_codec(blog: Blog) -> None:
    """A slow charset of a body, or of a part, blocks the event loop for a minute."""
    await blog.serve()
    step = blog.step.number if blog.step else 5
    for code in (*CODES, '"UTF-8"', "utf8"):
        for what, path, kind, body in bodies(code, step):
            headers = {"Content-Type": kind} if kind else {}
            status = (await blog.send("POST", path, data=body, headers=headers)).status
            refused = status == 415
            assert refused == (code in CODES), f"{what} in {code} is a {status}"


class Desk:
    """A sound app for JSON and forms; a broken app overrides one method."""

    def __init__(self, data: Path) -> None:
        pass

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self.around])
        app.on_response_prepare.append(self.hang_up)
        app.router.add_post("/api/posts", self.take)
        app.router.add_post("/new", self.take)
        return app

    @web.middleware
    async def around(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if "Content-Encoding" in request.headers:
            raise web.HTTPUnsupportedMediaType
        answer: web.StreamResponse = await handler(request)
        return answer

    async def hang_up(self, request: web.Request, response: web.StreamResponse) -> None:
        if "Content-Encoding" in request.headers:
            request.protocol.close()
            response.headers["Connection"] = "close"

    def check(self, charset: str | None) -> None:
        if (charset or "utf-8").lower() not in {"utf-8", "utf8"}:
            raise web.HTTPUnsupportedMediaType

    async def take(self, request: web.Request) -> web.Response:
        self.check(request.charset)
        try:
            if request.content_type == "multipart/form-data":
                await self.fields(request)
            else:
                await (request.json() if "json" in request.content_type else request.post())
        except (ValueError, LookupError):
            raise web.HTTPBadRequest from None
        return web.Response()

    async def fields(self, request: web.Request) -> None:
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            self.check(part.get_charset("utf-8"))
            await part.text()


@any_codec.fails_on("JSON in punycode is a 400")
class AnyCode(Desk):
    def check(self, charset: str | None) -> None:
        pass


@any_codec.fails_on("a part of a form in punycode is a 400")
class PartsInAnyCode(Desk):
    async def fields(self, request: web.Request) -> None:
        await request.post()


@regression(2, 2, "step02_routes/index.md: it may be packed", family="S")
async def packed_body(blog: Blog) -> None:
    """A compressed body of some kB is decompressed to many MB that no handler reads."""
    unpacked: list[int] = []
    real = ZLibDecompressor.decompress_sync

    def counted(self: ZLibDecompressor, *args: Any, **options: Any) -> bytes:
        came = real(self, *args, **options)
        unpacked.append(len(came))
        return came

    await blog.serve()
    packer = zlib.compressobj(wbits=31)
    body = packer.compress(bytes(UNPACKED)) + packer.flush()
    with blog.patch.context() as patch:
        patch.setattr(ZLibDecompressor, "decompress_sync", counted)
        for path, expect in ("/api/posts", ""), ("/nowhere", ""), ("/nowhere", "the unexpected"):
            for code in "gzip", "GZIP", "deflate", "gzip, deflate", "compress", "br":
                headers = {"Content-Encoding": code, "Content-Type": "application/json"}
                headers |= {"Expect": expect} if expect else {}
                answer = await blog.send("POST", path, data=body, headers=headers)
                await blog.send("GET", "/nowhere")  # on the same connection, if it is kept
                came, unpacked[:] = sum(unpacked), []
                assert came <= MOST, f"of {len(body) >> 10} kB {came >> 20} MiB were unpacked"
                refused = {417 if expect else 415} | ({400} if code == "br" else set())
                assert answer.status in refused, f"{code} at {path} is a {answer.status}"


@packed_body.fails_on(r"of \d+ kB 16 MiB were unpacked")
class ThrowsAway(Desk):
    async def hang_up(self, request: web.Request, response: web.StreamResponse) -> None:
        pass


@packed_body.fails_on(r"of \d+ kB 16 MiB were unpacked")
class Unpacks(ThrowsAway):
    @web.middleware
    async def around(self, request: web.Request, handler: Any) -> web.StreamResponse:
        answer: web.StreamResponse = await handler(request)
        return answer


LONG = b'{"title": [' + b"[]," * 2**18 + b"[]]}"
"""JSON of less than a megabyte; ten such bodies block the event loop for three seconds."""
FILE = 'Content-Disposition: form-data; name="image"; filename'
LINES = 50_000


def torn(head: str) -> bytes:
    """Return a multipart form whose first part has this header."""
    return f"--x\r\n{head}\r\n\r\nbits\r\n--x--\r\n".encode()


@regression(6, 5, "step05_images/index.md: before it is taken apart", family="S")
async def long_way(blog: Blog) -> None:
    """Parsing a body of megabytes, or of endless lines, blocks the event loop."""
    read: list[bytes] = []
    real = StreamReader.readline

    async def counted(self: StreamReader, **options: int) -> bytes:
        read.append(b"")
        return await real(self, **options)

    await blog.serve()
    with blog.patch.context() as patch:
        patch.setattr(StreamReader, "readline", counted)
        for path in "/new", "/api/posts/1/files":
            for what, wanted, body in (
                ("lines without a part", 400, b"\r\n" * LINES),
                ("a name that no code can spell", 400, torn(f"{FILE}*0*='%ff")),
            ):
                headers = {"Content-Type": "multipart/form-data; boundary=x"}
                status = (await blog.send("POST", path, data=body, headers=headers)).status
                assert len(read) < LINES, f"all of {LINES} lines were read at {path}"
                assert status == wanted, f"{what} at {path}: a {status}"
                read.clear()
    for path, kind in {"/api/posts": "application/json", "/new": FORM}.items():
        status = (await blog.send("POST", path, data=LONG, headers={"Content-Type": kind})).status
        assert status == 413, f"{len(LONG) >> 10} kB as {kind}: a {status}"


class Counter(Desk):
    """A sound app that limits the lines around parts, and the bytes of other bodies."""

    def app(self) -> web.Application:
        app = super().app()
        app.router.add_post("/api/posts/1/files", self.take)
        return app

    async def take(self, request: web.Request) -> web.Response:
        if request.content_type != "multipart/form-data" and len(await request.read()) > 2**18:
            raise web.HTTPRequestEntityTooLarge(2**18)
        return await super().take(request)

    async def fields(self, request: web.Request) -> None:
        raise web.HTTPBadRequest  # every form here is a bad one


@long_way.fails_on("all of 50000 lines were read at /new")
class LinesWithoutEnd(Counter):
    async def fields(self, request: web.Request) -> None:
        await Desk.fields(self, request)


@long_way.fails_on("kB as application/json: a 200")
class LongTexts(Counter):
    async def take(self, request: web.Request) -> web.Response:
        return await Desk.take(self, request)


long_way.passes_on(Counter)
for harmless in any_codec, packed_body:
    harmless.passes_on(Desk)
