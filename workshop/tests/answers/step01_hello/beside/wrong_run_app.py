# removed: forever, main, if __name__ == "__main__":
"""`run_app` is called where a loop runs already.

check: test_answers
says: Inside the block the app answers
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web


@asynccontextmanager
async def serve(app, work, host, port):
    task = asyncio.create_task(work())
    try:
        web.run_app(app, host=host, port=port)
        yield port
    finally:
        task.cancel()
