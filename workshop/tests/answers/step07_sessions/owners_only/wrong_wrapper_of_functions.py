"""The wrapper takes the view for a request.

check: test_nobody_writes
says: must be a 401
"""

import functools
import logging
import os
from typing import TypeVar

from aiohttp import web
from aiohttp.typedefs import Handler

from steps.step07_sessions.parsing import read_json


def require_login(handler: H) -> H:
    """Mark a handler, a view or a method of it as one for users; it stays what it is."""

    @functools.wraps(handler)
    async def wrapper(request):
        if user_of(request) is None:
            raise web.HTTPUnauthorized(headers={"WWW-Authenticate": "Bearer"})
        return await handler(request)

    return wrapper


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody but users reach what has the mark."""
    return await handler(request)
