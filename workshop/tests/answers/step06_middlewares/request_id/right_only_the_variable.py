"""Knows only the context variable, also where the answer is made; a uuid."""

import asyncio
import logging
import os
import re
from collections.abc import MutableMapping
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

from aiohttp import web
from aiohttp.typedefs import Handler


def number_for(request: web.Request) -> str:
    """Return the number that came with the request if it is HARMLESS, else a new one."""
    sent = request.headers.get("X-Request-ID", "")
    return sent if HARMLESS.fullmatch(sent) else str(uuid4())


@web.middleware
async def number_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the request its number, and write one line about how it ended."""
    CURRENT.set(number_for(request))
    status = 500
    try:
        response = await handler(request)
        status = response.status
        return response
    except web.HTTPException as error:
        status = error.status
        raise
    finally:
        log.info("%s %s %d", request.method, request.rel_url, status)


async def add_number(request: web.Request, response: web.StreamResponse) -> None:
    """Write the number into the answer; called just before it is sent."""
    response.headers["X-Request-ID"] = CURRENT.get()
