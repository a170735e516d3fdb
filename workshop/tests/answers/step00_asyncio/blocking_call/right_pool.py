"""A pool of two threads, which belongs to the program."""

import asyncio
import lzma
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import click


POOL = ThreadPoolExecutor(max_workers=2)


async def keep(folder: Path, number: int) -> str:
    """Fetch a page, pack it, put it into the folder, and tell how large it is."""
    text = await fetch(number)
    loop = asyncio.get_running_loop()
    packed = await loop.run_in_executor(POOL, partial(pack, text))
    await loop.run_in_executor(POOL, partial(put, folder, number, packed=packed))
    return told(number, packed)
