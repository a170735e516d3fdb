"""The thread is asked for its result at once, and the loop waits for that.

check: test_pack
says: pack() runs in a thread, but the event loop stands still
"""

import asyncio
import concurrent.futures
import lzma
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import click


async def keep(folder: Path, number: int) -> str:
    """Fetch a page, pack it, put it into the folder, and tell how large it is."""
    text = await fetch(number)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        packed = pool.submit(pack, text).result()
    await asyncio.to_thread(put, folder, number, packed)
    return told(number, packed)
