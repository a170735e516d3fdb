"""One global number for all: requests at once write each other's.

check: test_ten_at_once
says: the number of somebody else
"""

import asyncio
import logging
import os
import re
from collections.abc import MutableMapping
from secrets import token_hex
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

CURRENT = ["-"]
"""The number of the request that is answered now; each request sees its own."""


class NumberedLog(logging.LoggerAdapter[logging.Logger]):
    """A log whose lines begin with the number of the request."""

    def process(
        self, msg: str, kwargs: MutableMapping[str, Any]
    ) -> tuple[str, MutableMapping[str, Any]]:
        """Return the line with the number in front."""
        return f"{CURRENT[0]} {msg}", kwargs


@web.middleware
async def number_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the request its number, and write one line about how it ended."""
    request[REQUEST_ID] = number_for(request)
    CURRENT[0] = request[REQUEST_ID]
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
