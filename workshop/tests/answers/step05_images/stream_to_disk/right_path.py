"""Takes names apart with PurePosixPath, and filters letter by letter."""

import asyncio
import logging
import os
import re
from pathlib import Path, PurePosixPath
from secrets import token_hex
from typing import IO

from aiohttp import BodyPartReader, MultipartReader, web

from steps.step05_images.config import CONFIG, from_environment
from steps.step05_images.parsing import UNREADABLE
from steps.step05_images.streaming import first_part


def safe_name(name: str) -> str:
    """Return a name for a file that stays in its folder: letters, digits, dot, dash, underscore."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in last)
    return plain.strip(".") or "upload.bin"
