"""Regressions of static files: N2 their access log, N9 their caching.

Every app with the decorator `fails_on` is broken on purpose: do not copy it.
"""

import logging
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from .regression import Blog, regression

CSS = "/static/blog.css"
NONE = "/static/none.css"
LONG = f"/static/{'none' * 100}.css"


def logged(blog: Blog, path: str) -> str:
    """Return the last access log line."""
    return next(
        record.getMessage()
        for record in reversed(blog.log.records)
        if f"GET {path} " in record.getMessage()
    )


@regression(2, 6, "step06_middlewares/index.md: does not know yet what it will be", family="N")
async def log_before_the_file(blog: Blog) -> None:
    """A missing, unchanged or partial file is a 200 in the log, or its 404 is empty."""
    client = await blog.serve()
    sent = await blog.send("POST", "/api/posts/1/files", data={"file": BytesIO(b"words")})
    paths = [CSS, sent.headers["Location"], "/1/picture"] if sent.status == 201 else [CSS]
    with blog.log.at_level(logging.INFO):
        for path in paths:
            etag = (await client.get(path)).headers["ETag"]
            for status, headers in {
                200: {},
                206: {"Range": "bytes=0-1"},
                304: {"If-None-Match": etag},
                416: {"Range": "bytes=9999999-"},
            }.items():
                answer = await client.get(path, headers=headers)
                assert answer.status == status
                line = logged(blog, path)
                assert f" {status} " in line, f"{path} was {status}, the log says: {line}"
        for path in NONE, LONG, "/1/files/none":
            for wanted in "text/html", "application/json":
                answer = await client.get(path, headers={"Accept": wanted})
                assert answer.status == 404
                line = logged(blog, path)
                assert " 404 " in line, f"{path} was 404, the log says: {line}"
                kind = answer.content_type
                assert kind == wanted, f"for {wanted} the 404 of {path} is {kind}"


class Hall:
    """A sound app: it serves a style sheet with a version in the URL, and logs requests."""

    def __init__(self, data: Path) -> None:
        data.mkdir()
        (data / "blog.css").write_text("p { color: red }" * 10)
        self.folder = data

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self.log, self.look])
        app.on_response_prepare.append(self.sent)
        app.router.add_get("/", self.page)
        app.router.add_static("/static", self.folder)
        return app

    def address(self) -> str:
        """Return the URL of the style sheet."""
        version = sha256((self.folder / "blog.css").read_bytes()).hexdigest()
        return f"{CSS}?v={version}"

    async def page(self, request: web.Request) -> web.Response:
        text = f'<link rel="stylesheet" href="{self.address()}">'
        return web.Response(text=text, content_type="text/html")

    def names(self) -> list[str]:
        """Return what there is."""
        return [path.name for path in self.folder.iterdir()]

    def fault(self, request: web.Request) -> web.Response:
        kind = request.headers["Accept"].replace("*/*", "text/html")
        return web.Response(status=404, content_type=kind)

    @web.middleware
    async def log(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        return await handler(request)

    async def sent(self, request: web.Request, response: web.StreamResponse) -> None:
        logging.info("GET %s %d in 1 ms", request.rel_url, response.status)

    @web.middleware
    async def look(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        path = request.path.removeprefix("/").removeprefix("static/")
        if path and path not in self.names():
            return self.fault(request)
        response = await handler(request)
        if str(request.rel_url) == self.address():
            response.headers["Cache-Control"] = "max-age=31536000, immutable"
        return response


@log_before_the_file.fails_on("was 206, the log says: GET /static/blog.css 200")
class LogsTooEarly(Hall):
    @web.middleware
    async def log(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        response = await handler(request)
        logging.info("GET %s %d in 1 ms", request.rel_url, response.status)
        return response

    async def sent(self, request: web.Request, response: web.StreamResponse) -> None:
        pass


@log_before_the_file.fails_on("the 404 of /static/none.css is application/octet-stream")
class LeavesItToTheFile(Hall):
    @web.middleware
    async def look(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        return await handler(request)


@regression(9, 6, "step04_templates/index.md: asks for it again each time", family="N")
async def version_for_nothing(blog: Blog) -> None:
    """A file with a version in its URL is not cached, or one without a version is."""
    client = await blog.serve()
    text = await (await client.get("/")).text()
    address = text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert address.startswith(f"{CSS}?v=")
    kept = (await client.get(address)).headers.get("Cache-Control", "")
    assert "immutable" in kept, f"a file with its version is {kept or 'asked for each time'}"
    assert int(kept.partition("max-age=")[2].partition(",")[0]) >= 30 * 24 * 3600
    version = address.removeprefix(CSS)
    for path in CSS, f"{CSS}?v=old", f"{NONE}{version}", f"/{version}", f"/1/picture{version}":
        kept = (await client.get(path)).headers.get("Cache-Control", "")
        assert "immutable" not in kept, f"{path} is kept, and no version of it"


@version_for_nothing.fails_on("a file with its version is private, no-cache")
class AsksEachTime(Hall):
    @web.middleware
    async def look(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        response = await handler(request)
        response.headers["Cache-Control"] = "private, no-cache"
        return response


@version_for_nothing.fails_on(r"/static/blog\.css\?v=old is kept")
class KeepsWhateverHasAVersion(Hall):
    @web.middleware
    async def look(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        response = await handler(request)
        if "v" in request.query:
            response.headers["Cache-Control"] = "max-age=31536000, immutable"
        return response


for harmless in log_before_the_file, version_for_nothing:
    harmless.passes_on(Hall)
