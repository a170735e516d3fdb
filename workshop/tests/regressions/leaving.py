"""Regressions of clients: N6 they disconnect, N7 they stall.

Every app with the decorator `fails_on` is broken on purpose: do not copy it.
"""

import asyncio
import json
import logging
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from aiohttp.typedefs import Handler

from .regression import POST, Blog, Client, regression
from .shelf import Shelf

MANY = 4
"""The number of clients that disconnect at the same time."""
JSON = json.dumps(POST).encode()
FORM = b"title=On+loops&text=A+loop+waits.&owner=Ada"
PART = b'--x\r\nContent-Disposition: form-data; name="image"; filename="moth.png"\r\n\r\nbits'
WAYS = {
    "application/json": ("/api/posts", JSON[:9]),
    "application/x-www-form-urlencoded": ("/new", FORM[:9]),
    "multipart/form-data; boundary=x": ("/new", PART),
    "multipart/form-data; boundary=y": ("/api/posts/1/files", PART.replace(b"--x", b"--y")),
}


async def begin(blog: Blog, kind: str, path: str, sent: bytes) -> asyncio.StreamWriter:
    """Send a request whose body is incomplete."""
    url = blog.client.make_url("/")
    _, writer = await asyncio.open_connection(url.host, url.port)
    cookies = blog.client.session.cookie_jar.filter_cookies(url)
    lines = [f"POST {path} HTTP/1.1", "Host: blog", f"Content-Type: {kind}", "Content-Length: 9999"]
    lines += [f"Cookie: {name}={cookie.value}" for name, cookie in cookies.items()]
    if "Authorization" in blog.client.session.headers:
        lines.append(f"Authorization: {blog.client.session.headers['Authorization']}")
    writer.write("\r\n".join([*lines, "", ""]).encode() + sent)
    return writer


def no_fault_is_logged(blog: Blog) -> None:
    """Fail if the log has an error or a traceback."""
    for record in blog.log.records:
        assert record.levelno < logging.ERROR, f"an ERROR in the log: {record.getMessage()}"
        assert not record.exc_info, f"a traceback in the log: {record.getMessage()}"
        assert " 500 " not in record.getMessage(), "a 500 in the log"


@regression(6, 3, "step03_rest/index.md: the client went away", family="N")
async def gone_is_no_fault(blog: Blog) -> None:
    """A client that disconnects causes an ERROR with a traceback, and a 500."""
    slow, go = asyncio.Semaphore(0), asyncio.Event()

    async def wait(request: web.Request) -> web.Response:
        slow.release()
        await go.wait()
        return web.Response(text="A loop waits. " * 100_000)

    client = await blog.serve(web.get("/wait", wait))
    assert client.server.runner
    assert client.server.runner.server
    for cancelling in False, True:  # run_app has False
        client.server.runner.server.handler_cancellation = cancelling
        await client.get("/api/posts/1")
        before = asyncio.all_tasks()
        writers = [await begin(blog, kind, *way) for kind, way in WAYS.items() for _ in range(MANY)]
        reading = [asyncio.create_task(client.get("/wait")) for _ in range(MANY)]
        for _ in reading:
            await slow.acquire()
        assert (await client.get("/api/posts/1")).status == 200  # those above came first
        blog.log.clear()
        with blog.log.at_level(logging.INFO):
            for writer in writers:
                writer.transport.abort()
            for task in reading:
                task.cancel()
            await asyncio.wait(reading)
            assert (await client.get("/api/posts/1")).status == 200
            go.set()
            if left := asyncio.all_tasks() - before:
                await asyncio.wait(left, timeout=5)
        no_fault_is_logged(blog)


class Diary(Shelf):
    """A sound app: a disconnect is not an error."""

    def app(self) -> web.Application:
        app = super().app()
        app.middlewares.append(self.answer)
        app.router.add_post("/new", self.read_all)
        app.router.add_post("/api/posts/1/files", self.read_all)
        return app

    async def read_all(self, request: web.Request) -> web.Response:
        return web.Response(text=str(len(await request.read())))

    @web.middleware
    async def answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except ConnectionError:
            return web.Response(status=499)


@gone_is_no_fault.fails_on("an ERROR in the log")
class EverythingIsAFault(Diary):
    @web.middleware
    async def answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except Exception:
            logging.exception("failed")
            return web.Response(status=500)


@gone_is_no_fault.fails_on("an ERROR in the log: Error handling request")
class LeftToTheServer(Diary):
    @web.middleware
    async def answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        return await handler(request)


@gone_is_no_fault.fails_on("a 500 in the log")
class WritesA500(Diary):
    @web.middleware
    async def answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except ConnectionError:
            logging.info("%s %s 500 ", request.method, request.rel_url)
            return web.Response(status=499)


@regression(7, 3, "step05_images/index.md: `shutdown_timeout=0.5`", family="N")
async def stalled_at_the_stop(blog: Blog) -> None:
    """Clients that stop sending or reading keep the program running after Ctrl-C."""
    asked: dict[str, Any] = {}
    blog.patch.setattr(web, "run_app", lambda app, **options: asked.update(options))
    blog.patch.setenv("WORKSHOP_DATA", str(blog.data))
    blog.part("app").main()
    clients = blog.clients

    async def serve(app: web.Application) -> Client:
        server = TestServer(app)
        await server.start_server(shutdown_timeout=asked.get("shutdown_timeout", 60))
        return await clients(server)

    blog.clients = serve
    sending = asyncio.Event()

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        sending.set()
        while True:
            await response.write(bytes(2**20))

    client = await blog.serve(web.get("/endless", endless))
    assert client.server.runner
    writers = [await begin(blog, kind, *way) for kind, way in WAYS.items()]
    assert (await client.get("/api/posts/1")).status == 200  # those above came first
    url = client.make_url("/endless")
    _, reading = await asyncio.open_connection(url.host, url.port)
    reading.write(b"GET /endless HTTP/1.1\r\nHost: blog\r\n\r\n")
    await sending.wait()
    writers.append(reading)
    stopping = asyncio.create_task(client.server.runner.cleanup())
    await asyncio.wait([stopping], timeout=2)
    ended = stopping.done()
    for writer in writers:
        writer.transport.abort()
    await stopping
    assert ended, "two seconds after Ctrl-C the program is still there"


class Ends(Diary):
    """A sound app: a request has one second at shutdown, in two parts."""

    def main(self) -> None:
        web.run_app(self.app(), shutdown_timeout=0.5)


@stalled_at_the_stop.fails_on("the program is still there")
class WaitsForAMinute(Ends):
    def main(self) -> None:
        web.run_app(self.app())


@stalled_at_the_stop.fails_on("the program is still there")
class WaitsTwice(Ends):
    """A broken app: a client that stops reading gets the time twice."""

    def main(self) -> None:
        web.run_app(self.app(), shutdown_timeout=1.5)


gone_is_no_fault.passes_on(Diary)
stalled_at_the_stop.passes_on(Ends)
