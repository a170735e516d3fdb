"""A thread by hand, and the loop waits for it.

check: test_put
says: put() runs in a thread, but the event loop stands still
"""

import asyncio
import lzma
import threading
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import click


async def keep(folder: Path, number: int) -> str:
    """Fetch a page, pack it, put it into the folder, and tell how large it is."""
    text = await fetch(number)
    packed = await asyncio.to_thread(pack, text)
    thread = threading.Thread(target=put, args=(folder, number, packed))
    thread.start()
    thread.join()
    return told(number, packed)
