"""Regressions of middlewares: T23, T24, T26, N8, N10.

Every app with the decorator `fails_on` is broken on purpose: do not copy it.
"""

import json
from ipaddress import ip_network
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

from aiohttp import ClientError, web
from aiohttp.typedefs import Handler

from steps.step02_routes.accept import best

from .gallery import Gallery, picture
from .regression import POST, Blog, MiddlewareApp, regression

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
FORWARDED = {"X-Forwarded-For": "203.0.113.7"}
PAGE = "<h1>Something went wrong</h1>"


@regression(
    23,
    6,
    "step06_middlewares/index.md: each one with 400",
    "step06_middlewares/error_pages/wrong_always_400",
    "step06_middlewares/error_pages/wrong_only_404",
)
async def one_error_for_all(blog: Blog) -> None:
    """The error page has status 400 or 200 for every error, and a 404 stays plain text."""

    async def fail(request: web.Request) -> web.Response:
        match request.match_info["status"]:
            case "403":
                raise web.HTTPForbidden
            case _:
                raise LookupError

    await blog.serve(web.get("/fail/{status}", fail))
    asked = ("GET", "/nowhere", 404), ("PUT", "/fail/403", 405), ("GET", "/fail/403", 403)
    for method, path, wanted in *asked, ("GET", "/fail/500", 500):
        answer = await blog.send(method, path, headers=BROWSER)
        assert answer.status == wanted, f"a {wanted} became a {answer.status}"
        assert answer.content_type == "text/html", f"a {wanted} is {answer.content_type}"


@one_error_for_all.fails_on("a 404 became a 400")
@MiddlewareApp
async def always_400(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Exception:
        return web.Response(status=400, text=PAGE, content_type="text/html")


@one_error_for_all.fails_on("a 404 became a 200")
@MiddlewareApp
async def always_200(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Exception:
        return web.Response(text=PAGE, content_type="text/html")


@one_error_for_all.fails_on("a 404 is text/plain")
@MiddlewareApp
async def only_surprises(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except Exception:
        return web.Response(status=500, text=PAGE, content_type="text/html")


@one_error_for_all.passes_on
@MiddlewareApp
async def same_status(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Exception as error:
        status = getattr(error, "status", 500)
        return web.Response(status=status, text=PAGE, content_type="text/html")


@regression(
    24,
    6,
    "step06_middlewares/index.md: `X-Forwarded-For` and believe it",
    "step06_middlewares/index.md: `handler(request)` with the old one",
    "step06_middlewares/rate_limit/wrong_believes_the_header",
)
async def believes_anybody(blog: Blog) -> None:
    """The forwarded address is lost with a cloned request, and any client may forge it."""

    async def remote(request: web.Request) -> web.Response:
        return web.Response(text=request.remote)

    async def seen(*proxies: str) -> str:
        known = tuple(map(ip_network, proxies))
        client = await blog.serve(web.get("/remote", remote), user="", proxies=known)
        return await (await client.get("/remote", headers=FORWARDED)).text()

    address = await seen("127.0.0.0/8")
    assert address == "203.0.113.7", f"behind our proxy the handler sees {address}"
    address = await seen()
    assert address == "127.0.0.1", f"a stranger says {address}, and is believed"


@believes_anybody.fails_on(r"behind our proxy the handler sees 127\.0\.0\.1")
@MiddlewareApp
async def drops_it(request: web.Request, handler: Handler) -> web.StreamResponse:
    request.clone(remote=request.headers.get("X-Forwarded-For", request.remote or ""))
    return await handler(request)


@believes_anybody.fails_on(r"a stranger says 203\.0\.113\.7")
@MiddlewareApp
async def believes_all(request: web.Request, handler: Handler) -> web.StreamResponse:
    address = request.headers.get("X-Forwarded-For", request.remote or "")
    return await handler(request.clone(remote=address))


@regression(
    26,
    6,
    "step06_middlewares/index.md: changes `response.text`",
    "step06_middlewares/timing/wrong_stream_forgotten",
)
async def changes_every_body(blog: Blog) -> None:
    """A middleware that changes text breaks pictures, JSON, streams and websockets."""

    async def stream(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"Ada ")
        await response.write(b"and Grace")
        return response

    async def live(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(await socket.receive_str())
        return socket

    async def data(request: web.Request) -> web.Response:
        return web.json_response(POST)

    async def bits(request: web.Request) -> web.Response:
        return web.Response(body=b"\x89PNG\xff\xfe", content_type="image/png")

    routes = web.get("/bits", bits), web.get("/data", data), web.get("/stream", stream)
    client = await blog.serve(*routes, web.get("/live", live))
    for what, wanted in WANTED.items():
        try:
            came = await (await client.get(f"/{what}")).read()
        except ClientError as error:
            came = repr(error).encode()
        assert came == wanted, f"/{what} was broken: {came!r}"
    async with client.ws_connect("/live") as socket:
        await socket.send_str("Ada")
        assert await socket.receive_str() == "Ada"
        await socket.receive()  # the server has come to its end
    await client.close()
    assert not [line for line in blog.log.records if line.levelname == "ERROR"], "/live was broken"


WANTED = {
    "bits": b"\x89PNG\xff\xfe",
    "data": json.dumps(POST).encode(),
    "stream": b"Ada and Grace",
}
FOOT = "<p>Thank you for reading.</p>"


@changes_every_body.fails_on("/bits was broken")
@MiddlewareApp
async def changes_all(request: web.Request, handler: Handler) -> web.StreamResponse:
    response = await handler(request)
    response.text += FOOT  # type: ignore[attr-defined]
    return response


@changes_every_body.fails_on("/data was broken")
@MiddlewareApp
async def changes_texts(request: web.Request, handler: Handler) -> web.StreamResponse:
    response = await handler(request)
    if isinstance(response, web.Response) and response.charset:
        response.text = f"{response.text}{FOOT}"
    return response


@changes_every_body.fails_on("/stream was broken")
@MiddlewareApp
async def adds_a_foot(request: web.Request, handler: Handler) -> web.StreamResponse:
    response = await handler(request)
    if isinstance(response, web.Response) or request.path == "/live":
        return response
    await response.write(FOOT.encode())
    return response


@changes_every_body.fails_on("/live was broken")
@MiddlewareApp
async def makes_it_anew(request: web.Request, handler: Handler) -> web.StreamResponse:
    response = await handler(request)
    if isinstance(response, web.WebSocketResponse):
        response.headers["X-Foot"] = FOOT
        return web.Response(text=response.text)  # type: ignore[attr-defined]
    return response


@changes_every_body.passes_on
@MiddlewareApp
async def changes_nothing(request: web.Request, handler: Handler) -> web.StreamResponse:
    return await handler(request)


@regression(8, 6, "step06_middlewares/index.md: closes the files of the first", family="N")
async def files_of_a_clone(blog: Blog) -> None:
    """Behind a trusted proxy a cloned request reads the form, and its files stay open."""
    kept: list[Any] = []

    def made(*args: Any, **options: Any) -> Any:
        kept.append(SpooledTemporaryFile(*args, **options))  # noqa: SIM115 - aiohttp closes it
        return kept[-1]

    with blog.patch.context() as patch:
        patch.setattr("aiohttp.web_request.SpooledTemporaryFile", made)
        await blog.serve(proxies=(ip_network("127.0.0.0/8"),))
        blog.client.session.headers.update(FORWARDED)
        answer = await blog.form("/new", picture(), **POST)
        assert answer.status == 303, f"behind a proxy a form with a picture is a {answer.status}"
        await blog.send("GET", "/")  # on the same connection: the request before has ended
    left = [file for file in kept if not file.closed]
    for file in left:
        file.close()
    assert not left, "a file of the form stays open"


class Proxied(Gallery):
    def app(self) -> web.Application:
        app = super().app()
        app.middlewares.append(self.believe)
        return app

    @web.middleware
    async def believe(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        clone = request.clone(remote=request.headers.get("X-Forwarded-For", ""))
        try:
            return await handler(clone)
        finally:
            await self.end(clone)

    async def end(self, request: web.Request) -> None:
        for field in (await request.post()).values():
            if isinstance(field, web.FileField):
                field.file.close()


@files_of_a_clone.fails_on("a file of the form stays open")
class LeavesThemOpen(Proxied):
    async def end(self, request: web.Request) -> None:
        pass


files_of_a_clone.passes_on(Proxied)


@regression(10, 6, "step06_middlewares/index.md: look for `text/html` in the header", family="N")
async def accept_by_substring(blog: Blog) -> None:
    """A client that prefers JSON gets HTML, and caches give the HTML to programs."""
    await blog.serve(user="")
    for accept, wanted in LIKED.items():
        answer = await blog.send("GET", "/nowhere", headers={"Accept": accept})
        assert answer.content_type == wanted, f"for {accept} comes {answer.content_type}"
        vary = answer.headers.get("Vary", "").lower()
        assert "accept" in vary, f"nobody tells caches that {accept} made it {wanted}"


LIKED = {
    "text/html": "text/html",
    "TEXT/HTML": "text/html",
    BROWSER["Accept"]: "text/html",
    "application/json": "application/json",
    "text/html;q=0, application/json": "application/json",
    "text/html;q=0": "application/json",
    "text/html; q=0.1, application/json;q=0.9": "application/json",
    "application/json;q=0.1, text/*;q=0.5": "text/html",
    "*/*;q=0.1, application/json": "application/json",
    "application/xhtml+text/html": "application/json",
}


class Polite:
    """A sound app: errors in the preferred content type; a broken app overrides one method."""

    vary = "Accept"

    def __init__(self, data: Path) -> None:
        pass

    def app(self) -> web.Application:
        return web.Application(middlewares=[self.around])

    def likes(self, accept: str) -> bool:
        return best(accept, ("text/html", "application/json")) == "text/html"

    @web.middleware
    async def around(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPError as error:
            kind = "text/html" if self.likes(request.headers["Accept"]) else "application/json"
            headers = {"Vary": self.vary} if self.vary else {}
            return web.Response(status=error.status, content_type=kind, headers=headers)


@accept_by_substring.fails_on("for TEXT/HTML comes application/json")
class LooksForWords(Polite):
    def likes(self, accept: str) -> bool:
        return "text/html" in accept or "*/*" in accept


@accept_by_substring.fails_on("nobody tells caches that text/html made it")
class SaysNothingToCaches(Polite):
    vary = ""


accept_by_substring.passes_on(Polite)
