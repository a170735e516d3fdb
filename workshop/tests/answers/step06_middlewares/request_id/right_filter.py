# removed: NumberedLog
"""A filter changes the records, in place of an adapter."""

import asyncio
import logging
import os
import re
from contextvars import ContextVar
from secrets import token_hex

from aiohttp import web
from aiohttp.typedefs import Handler


def put_in_front(record: logging.LogRecord) -> bool:
    """Put the number in front of the line."""
    record.msg = f"{CURRENT.get()} {record.msg}"
    return True


log = logging.getLogger(__name__)
log.addFilter(put_in_front)
