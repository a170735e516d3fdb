"""The page server in a process of its own, so that it takes no time from who asks it."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from aiohttp import web

from .app import LATENCY, create_app


async def serve(latency: float, told: "Connection[int, int]") -> None:
    """Serve the pages on a port that the system chooses, and tell which."""
    runner = web.AppRunner(create_app(latency))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    told.send(site.port)
    await asyncio.Event().wait()


def begin(latency: float, told: "Connection[int, int]") -> None:
    """Serve until the process is stopped."""
    asyncio.run(serve(latency, told))


@contextmanager
def page_server(latency: float = LATENCY) -> Iterator[str]:
    """Run the page server inside the block; give its address."""
    processes = multiprocessing.get_context("spawn")
    here, there = processes.Pipe()
    process = processes.Process(target=begin, args=(latency, there), daemon=True)
    process.start()
    there.close()
    try:
        yield f"http://127.0.0.1:{here.recv()}"
    finally:
        process.terminate()
        process.join()
