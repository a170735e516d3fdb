"""Escapes with markupsafe; splits the Accept header."""

import logging
import os

from aiohttp import web
from aiohttp.typedefs import Handler
from markupsafe import Markup


def error_answer(request: web.Request, status: int, reason: str) -> web.Response:
    """Make a page where text/html is accepted, JSON where it is not."""
    accepted = {part.partition(";")[0].strip() for part in request.headers.get("Accept", "").split(",")}
    if "text/html" in accepted:
        text = Markup(PAGE).format(title=status, reason=reason)
        return web.Response(body=text.encode(), headers={"Content-Type": "text/html; charset=utf-8"}, status=status)
    return web.json_response(dict(error=dict(status=status, reason=reason)), status=status)
