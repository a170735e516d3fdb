"""The body is read as text; what it is is looked at step by step."""

import asyncio
import json
import os
from collections.abc import Mapping
from dataclasses import fields
from types import TracebackType
from typing import Any, Self

import click
from aiohttp import ClientResponse, ClientSession, ClientTimeout

from steps.step03_rest.posts import Post


async def error_of(response: ClientResponse) -> RefusedError:
    """Make an error of a refusal."""
    kind = RefusedError
    if response.status in KINDS:
        kind = KINDS[response.status]
    try:
        data = json.loads(await response.text())
    except json.JSONDecodeError:
        data = None
    match data:
        case {"error": {"reason": str(reason)}}:
            return kind(response.status, reason)
    return kind(response.status, response.reason or "")
