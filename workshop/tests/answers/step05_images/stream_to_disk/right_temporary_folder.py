"""Writes to a temporary folder first, and moves the file when it is complete."""

import asyncio
import logging
import os
import re
import tempfile
from pathlib import Path
from typing import IO

from aiohttp import BodyPartReader, MultipartReader, web

from steps.step05_images.config import CONFIG, from_environment
from steps.step05_images.parsing import UNREADABLE
from steps.step05_images.streaming import first_part


async def keep(reader: MultipartReader, part: BodyPartReader, folder: Path) -> str:
    """Keep a file in the folder, once all of it is there; return its name."""
    name = safe_name(part.filename or "")
    with tempfile.TemporaryDirectory(dir=folder, prefix=".") as hidden:
        unfinished = Path(hidden) / "unfinished"
        with unfinished.open("wb") as file:
            await receive(reader, part, file)
        os.replace(unfinished, folder / name)
    return name
