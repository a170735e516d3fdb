"""Keeps the time in a context variable, and adds the middleware later."""

import asyncio
import logging
import os
import time
from contextvars import ContextVar

from aiohttp import web
from aiohttp.typedefs import Handler

START: ContextVar[float] = ContextVar("start")


@web.middleware
async def note_start(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Note when the request came in."""
    START.set(time.perf_counter())
    return await handler(request)


async def tell_time(request: web.Request, response: web.StreamResponse) -> None:
    """Write into the answer how many milliseconds it took; called just before it is sent."""
    took = 1000 * (time.perf_counter() - START.get())
    response.headers["Server-Timing"] = f"total;dur={took:.1f}"


def create_app() -> web.Application:
    """Make the application, with the clock around every handler."""
    app = web.Application()
    app.middlewares.append(note_start)
    app.on_response_prepare.append(tell_time)
    app.add_routes([web.get("/", index), web.get("/slow", slow), web.get("/old", old)])
    app.add_routes([web.get("/letters", letters)])
    return app
