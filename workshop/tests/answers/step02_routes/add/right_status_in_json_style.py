"""The reason is JSON, the sum plain text."""

import json
import logging
import os
import re

from aiohttp import web

WHOLE = re.compile(r"-?[0-9]{1,15}")


def number(request: web.Request, name: str) -> int:
    """Return a whole number from the query; anything else is refused."""
    text = request.query.get(name)
    if text is None or not text.lstrip("-").isdecimal():
        raise web.HTTPBadRequest(
            text=json.dumps({"error": f"{name} must be a whole number"}),
            content_type="application/json",
        )
    return int(text)
