"""Looks at each character of the number by hand."""

import asyncio
import logging
import os
import re
import time
from collections.abc import MutableMapping
from contextvars import ContextVar
from secrets import token_hex
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler


def number_for(request: web.Request) -> str:
    """Return the number that came with the request if it is HARMLESS, else a new one."""
    sent = request.headers.get("X-Request-ID", "")
    if 8 <= len(sent) <= 36 and sent.isascii() and sent.replace("-", "a").isalnum():
        return sent
    return f"{time.time_ns():x}-{token_hex(2)}"
