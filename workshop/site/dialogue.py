"""Requests sent to a step's app as bytes, and the answers as they came over the wire."""

from __future__ import annotations

import asyncio
import inspect
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from aiohttp import web

from workshop.course import CourseError
from workshop.evidence.curl import curl
from workshop.report import Exchange, Message

CURL = {"Host": "127.0.0.1:8080", "User-Agent": "curl/8.14.1", "Accept": "*/*"}
"""What curl says of itself; the host is the one that a learner would ask."""
DATA = "WORKSHOP_DATA"
"""Names the folder of an app's database; a page shows an app as it is on its first start."""
FORM = "application/x-www-form-urlencoded"


def converse(
    factory: Callable[[], Any], requests: Sequence[Message], seconds: float = 5.0
) -> list[Exchange]:
    """Start the app that the factory makes, send it the requests in order, return the exchanges.

    Raises CourseError when the app does not start, or has not answered all of them in time.
    What is logged meanwhile goes nowhere: a handler that fails on purpose is no news.
    """
    done: Future[list[Exchange]] = Future()
    answered: list[Exchange] = []

    def work() -> None:
        try:
            with own_data():
                asyncio.run(_within(seconds, factory, requests, answered))
        except BaseException as error:
            done.set_exception(error)
        else:
            done.set_result(answered)

    try:
        with _no_log():
            Thread(target=work, daemon=True, name="exchanges").start()
            return done.result(seconds + 1)  # a handler may block the loop and its clock
    except TimeoutError as error:
        start = requests[min(len(answered), len(requests) - 1)].start
        raise CourseError(
            f'"{start}" had no answer within {seconds:g} s. Does its handler wait for ever?'
        ) from error
    except Exception as error:
        raise CourseError(f"The app could not be asked: {type(error).__name__}: {error}") from error


@contextmanager
def _no_log() -> Iterator[None]:
    """Keep every logger of this process silent inside the block."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


@contextmanager
def own_data() -> Iterator[None]:
    """Let an app keep its data in an empty folder that is gone afterwards."""
    before = os.environ.get(DATA)
    with TemporaryDirectory(prefix="workshop-", ignore_cleanup_errors=True) as folder:
        os.environ[DATA] = folder
        try:
            yield
        finally:
            os.environ.pop(DATA)
            if before is not None:
                os.environ[DATA] = before


async def _within(
    seconds: float,
    factory: Callable[[], Any],
    requests: Sequence[Message],
    answered: list[Exchange],
) -> None:
    async with asyncio.timeout(seconds):
        app = factory()
        if inspect.isawaitable(app):
            app = await app
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            for request in requests:
                exchange = await _ask(site.port, request)
                answered.append(exchange)
        finally:
            await runner.cleanup()


async def _ask(port: int, request: Message) -> Exchange:
    method, target, _ = request.start.split(" ")
    given = {name.lower() for name, _ in request.headers}
    headers = [(n, v) for n, v in CURL.items() if n.lower() not in given] + list(request.headers)
    if request.body:
        headers += [] if "content-type" in given else [("Content-Type", FORM)]
        headers.append(("Content-Length", str(request.size)))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        head = "\r\n".join([request.start, *(f"{name}: {value}" for name, value in headers)])
        writer.write(f"{head}\r\n\r\n{request.body}".encode())
        response = await _answer(reader, method)
    finally:
        writer.close()
    return Exchange(
        request, response, curl=curl(method, target, request.headers, request.body, windows=False)
    )


async def _answer(reader: asyncio.StreamReader, method: str) -> Message:
    status = 100
    while status < 200 and status != 101:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("utf-8", "backslashreplace")
        start, *lines = head.rstrip("\r\n").split("\r\n")
        status = int(start.split(" ")[1])
    headers = tuple((n, v.strip()) for n, _, v in (line.partition(":") for line in lines))
    known = {name.lower(): value for name, value in headers}
    if method == "HEAD" or status in {101, 204, 304}:
        data = b""
    elif "chunked" in known.get("transfer-encoding", ""):
        data = await _chunks(reader)
    elif "content-length" in known:
        data = await reader.readexactly(int(known["content-length"]))
    else:
        data = await reader.read()
    return Message(start, headers, _text(data, known.get("content-type", "")), len(data))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int((await reader.readline()).partition(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    return b"".join(parts)


def _text(data: bytes, content_type: str) -> str:
    """Return a body as text, or a word about it when it is none."""
    try:
        if b"\0" not in data:
            return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    return f"({len(data):,} bytes of {content_type.partition(';')[0] or 'data'})"
