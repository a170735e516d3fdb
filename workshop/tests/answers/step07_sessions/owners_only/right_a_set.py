"""What is closed is kept in a set; whatever wraps it is unwrapped."""

import inspect
import logging
import os
from typing import TypeVar

from aiohttp import web
from aiohttp.typedefs import Handler

from steps.step07_sessions.parsing import read_json


CLOSED: set[object] = set()


def require_login(handler: H) -> H:
    """Mark a handler, a view or a method of it as one for users; it stays what it is."""
    CLOSED.add(inspect.unwrap(handler))
    return handler


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody but users reach what has the mark."""
    wanted = request.match_info.handler
    method = getattr(wanted, request.method.lower(), None)
    reached = {inspect.unwrap(one) for one in (wanted, method) if one is not None}
    if reached & CLOSED and user_of(request) is None:
        raise web.HTTPUnauthorized(headers={"WWW-Authenticate": "Bearer"})
    return await handler(request)
