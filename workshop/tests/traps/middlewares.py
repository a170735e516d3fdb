"""Traps of middlewares: T23, T24, T26.

Every app below a `caught` is broken on purpose: do not copy from it.
"""

import json
from ipaddress import ip_network

from aiohttp import ClientError, web
from aiohttp.typedefs import Handler

from .trap import POST, Bare, Blog, trap

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
FORWARDED = {"X-Forwarded-For": "203.0.113.7"}
PAGE = "<h1>Something went wrong</h1>"


@trap(
    23,
    6,
    "step06_middlewares/index.md: each one with 400",
    "step06_middlewares/error_pages/wrong_always_400",
    "step06_middlewares/error_pages/wrong_only_404",
)
async def one_error_for_all(blog: Blog) -> None:
    """The error page answers 400 for every fault, or 200, and a 404 stays plain text."""

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


@one_error_for_all.caught("a 404 became a 400")
@Bare
async def always_400(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Exception:
        return web.Response(status=400, text=PAGE, content_type="text/html")


@one_error_for_all.caught("a 404 became a 200")
@Bare
async def always_200(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Exception:
        return web.Response(text=PAGE, content_type="text/html")


@one_error_for_all.caught("a 404 is text/plain")
@Bare
async def only_surprises(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except Exception:
        return web.Response(status=500, text=PAGE, content_type="text/html")


@one_error_for_all.without
@Bare
async def same_status(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Exception as error:
        status = getattr(error, "status", 500)
        return web.Response(status=status, text=PAGE, content_type="text/html")


@trap(
    24,
    6,
    "step06_middlewares/index.md: `X-Forwarded-For` and believe it",
    "step06_middlewares/index.md: `handler(request)` with the old one",
    "step06_middlewares/rate_limit/wrong_believes_the_header",
)
async def believes_anybody(blog: Blog) -> None:
    """The forwarded address is put into a new request, which is dropped; and any client may lie."""

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


@believes_anybody.caught(r"behind our proxy the handler sees 127\.0\.0\.1")
@Bare
async def drops_it(request: web.Request, handler: Handler) -> web.StreamResponse:
    request.clone(remote=request.headers.get("X-Forwarded-For", request.remote or ""))
    return await handler(request)


@believes_anybody.caught(r"a stranger says 203\.0\.113\.7")
@Bare
async def believes_all(request: web.Request, handler: Handler) -> web.StreamResponse:
    address = request.headers.get("X-Forwarded-For", request.remote or "")
    return await handler(request.clone(remote=address))


@trap(
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


@changes_every_body.caught("/bits was broken")
@Bare
async def changes_all(request: web.Request, handler: Handler) -> web.StreamResponse:
    response = await handler(request)
    response.text += FOOT  # type: ignore[attr-defined]
    return response


@changes_every_body.caught("/data was broken")
@Bare
async def changes_texts(request: web.Request, handler: Handler) -> web.StreamResponse:
    response = await handler(request)
    if isinstance(response, web.Response) and response.charset:
        response.text = f"{response.text}{FOOT}"
    return response


@changes_every_body.caught("/stream was broken")
@Bare
async def adds_a_foot(request: web.Request, handler: Handler) -> web.StreamResponse:
    response = await handler(request)
    if isinstance(response, web.Response) or request.path == "/live":
        return response
    await response.write(FOOT.encode())
    return response


@changes_every_body.caught("/live was broken")
@Bare
async def makes_it_anew(request: web.Request, handler: Handler) -> web.StreamResponse:
    response = await handler(request)
    if isinstance(response, web.WebSocketResponse):
        response.headers["X-Foot"] = FOOT
        return web.Response(text=response.text)  # type: ignore[attr-defined]
    return response


@changes_every_body.without
@Bare
async def changes_nothing(request: web.Request, handler: Handler) -> web.StreamResponse:
    return await handler(request)
