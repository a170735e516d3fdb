"""HTTP requests to a step's app on a local port, and its responses, for `{try}`."""

from __future__ import annotations

import asyncio
import inspect
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from aiohttp import web
from yarl import URL

from workshop.apps import client, ports
from workshop.course import CourseError
from workshop.report import Exchange, Message
from workshop.report.curl import curl

CURL = {"Host": "127.0.0.1:8080", "User-Agent": "curl/8.14.1", "Accept": "*/*"}
"""The request headers of curl; the host is the one of an app that a learner runs."""
DATA = "WORKSHOP_DATA"
"""The environment variable with the folder of an app's database."""
FORM = "application/x-www-form-urlencoded"


def send_requests(
    factory: Callable[[], Any], requests: Sequence[Message], seconds: float = 5.0
) -> list[Exchange]:
    """Start the app that `factory` creates, send the requests in order, return the exchanges.

    The app runs in a thread with its own event loop and an empty data folder; logging is off.
    Raises CourseError when the app does not start, or not all responses arrive in time.
    """
    future: Future[list[Exchange]] = Future()
    exchanges: list[Exchange] = []

    def work() -> None:
        try:
            with temporary_data():
                asyncio.run(_run_app(seconds, factory, requests, exchanges))
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(exchanges)

    try:
        with _no_logging():
            Thread(target=work, daemon=True, name="exchanges").start()
            return future.result(seconds + 1)  # a handler may block the loop and its clock
    except TimeoutError as error:
        start = requests[min(len(exchanges), len(requests) - 1)].start
        raise CourseError(
            f'"{start}" had no answer within {seconds:g} s. Does its handler wait for ever?'
        ) from error
    except Exception as error:
        raise CourseError(f"The app could not be asked: {type(error).__name__}: {error}") from error


@contextmanager
def _no_logging() -> Iterator[None]:
    """Disable all logging of this process inside the block."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


@contextmanager
def temporary_data() -> Iterator[None]:
    """Set WORKSHOP_DATA to an empty folder, which is deleted at the end of the block."""
    before = os.environ.get(DATA)
    with TemporaryDirectory(prefix="workshop-", ignore_cleanup_errors=True) as folder:
        os.environ[DATA] = folder
        try:
            yield
        finally:
            os.environ.pop(DATA)
            if before is not None:
                os.environ[DATA] = before


async def _run_app(
    seconds: float,
    factory: Callable[[], Any],
    requests: Sequence[Message],
    exchanges: list[Exchange],
) -> None:
    async with asyncio.timeout(seconds):
        app = factory()
        if inspect.isawaitable(app):
            app = await app
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, ports.HOST, 0)
            await site.start()
            for request in requests:
                exchange = await _send(site.port, request)
                exchanges.append(exchange)
        finally:
            await runner.cleanup()


async def _send(port: int, request: Message) -> Exchange:
    method, target, _ = request.start.split(" ")
    names = {name.lower() for name, _ in request.headers}
    headers = [(n, v) for n, v in CURL.items() if n.lower() not in names] + list(request.headers)
    if request.body and "content-type" not in names:
        headers.append(("Content-Type", FORM))
    address = URL(f"http://{ports.HOST}:{port}{target}", encoded=True)
    exchange, error = await client.send(method, address, headers, request.body.encode(), text=_text)
    if error:
        raise error
    line = curl(method, target, request.headers, request.body, windows=False)
    return replace(exchange, request=request, curl=line)


def _text(data: bytes, size: int, content_type: str) -> str:
    """Return a body as text; of binary data its size and content type."""
    try:
        if b"\0" not in data:
            return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    return f"({size:,} bytes of {content_type.partition(';')[0] or 'data'})"
