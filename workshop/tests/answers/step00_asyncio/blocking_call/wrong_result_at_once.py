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


async def fetch(number: int) -> str:
    """Wait for a page, as one waits for a server."""
    await asyncio.sleep(0.1)
    return f"Page {number} of the log book.\n"


def pack(text: str) -> bytes:
    """Make a page small."""
    return lzma.compress(text.encode() * 200_000)


def put(folder: Path, number: int, packed: bytes) -> None:
    """Write a page to the disk, which may be slow."""
    (folder / f"{number}.xz").write_bytes(packed)


def told(number: int, packed: bytes) -> str:
    """Return a line about a page."""
    return f"{number}: {len(packed)} bytes"


async def keep(folder: Path, number: int) -> str:
    """Fetch a page, pack it, put it into the folder, and tell how large it is."""
    text = await fetch(number)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        packed = pool.submit(pack, text).result()
    await asyncio.to_thread(put, folder, number, packed)
    return told(number, packed)


async def keep_all(folder: Path, numbers: Iterable[int]) -> list[str]:
    """Keep all the pages; return a line about each."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(keep(folder, number)) for number in numbers]
    return [task.result() for task in tasks]


def main() -> None:
    """Keep seven pages in a folder that is deleted at the end."""
    with TemporaryDirectory() as folder:
        for line in asyncio.run(keep_all(Path(folder), range(8010, 8017))):
            click.echo(line)


if __name__ == "__main__":
    main()
