"""Requests sent to a step's app, and the responses as they came over the wire."""

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
            site = web.TCPSite(runner, ports.HOST, 0)
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
    if request.body and "content-type" not in given:
        headers.append(("Content-Type", FORM))
    address = URL(f"http://{ports.HOST}:{port}{target}", encoded=True)
    exchange, error = await client.send(method, address, headers, request.body.encode(), text=_text)
    if error:
        raise error
    line = curl(method, target, request.headers, request.body, windows=False)
    return replace(exchange, request=request, curl=line)


def _text(data: bytes, size: int, content_type: str) -> str:
    """Return a body as text, or a word about it when it is none."""
    try:
        if b"\0" not in data:
            return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    return f"({size:,} bytes of {content_type.partition(';')[0] or 'data'})"
