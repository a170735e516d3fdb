"""Waits until a saved file is complete: a subprocess tries whether its content compiles.

The compiler blocks its process, for minutes with some sources; so it runs in a subprocess.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from workshop.course.files import SOURCE_LIMIT
from workshop.workspace import document
from workshop.workspace.parser_process import SIZE

PROGRAM = Path(__file__).with_name("parser_process.py")
PATIENCE = 0.1
"""Seconds in which any hand-written source compiles; longer ones are given up."""
BEGIN = 5.0
"""Seconds in which the subprocess has to start."""
QUIET = 0.1
"""Seconds without a change after which an incomplete file is taken as it is."""
MOST = 1.0
"""Seconds after which any file is taken as it is."""
PAUSE = 0.02
"""Seconds between two readings of the file."""


class Parser:
    """Tries in a subprocess whether contents compile, one at a time, between `async with`.

    A subprocess that takes too long is killed, and replaced when the next content comes.
    """

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._first: asyncio.Task[bool] | None = None
        self._ending: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Parser:
        """Start the subprocess in the background, so that the first save does not wait for it."""
        self._first = asyncio.create_task(self.whole(b"#"))
        return self

    async def __aexit__(self, *_: object) -> None:
        """Kill the subprocess; return when it is gone."""
        assert self._first
        self._first.cancel()
        await asyncio.gather(self._first, return_exceptions=True)
        await self._end()
        await asyncio.gather(*self._ending)

    async def whole(self, content: bytes | None) -> bool:
        """Return whether a content compiles: not missing, not empty, not half written.

        False also for one that takes longer than `PATIENCE`, or when no subprocess can start.
        """
        if not content or len(content) > SOURCE_LIMIT:
            return False
        async with self._turn:
            try:
                return await self._ask(await self._begin(), content)
            except (TimeoutError, OSError, EOFError):
                await self._end()
                return False
            except asyncio.CancelledError:  # its answer would go to whoever asks next
                await self._end()
                raise

    async def _begin(self) -> asyncio.subprocess.Process:
        """Return the subprocess; start it if need be. Raises OSError, EOFError or TimeoutError."""
        if self._process is None:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-S", str(PROGRAM)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
            await self._answer(self._process, BEGIN)
        return self._process

    async def _ask(self, process: asyncio.subprocess.Process, content: bytes) -> bool:
        assert process.stdin
        process.stdin.write(len(content).to_bytes(SIZE, "big") + content)
        return await self._answer(process, PATIENCE)

    async def _answer(self, process: asyncio.subprocess.Process, seconds: float) -> bool:
        assert process.stdout
        async with asyncio.timeout(seconds):
            return bool(ord(await process.stdout.readexactly(1)))

    async def _end(self) -> None:
        """Kill the subprocess, even if the caller is cancelled meanwhile."""
        process, self._process = self._process, None
        if process:
            ending = asyncio.create_task(_ended(process))
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)
            await asyncio.shield(ending)


async def _ended(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()
    process._transport.close()  # type: ignore[attr-defined]


async def stable_content(
    file: Path, content: bytes | None, is_whole: Callable[[bytes | None], Awaitable[bool]]
) -> bytes | None:
    """Wait until a file is complete or does not change any more; return its content then.

    Editors truncate a file before they write it, or remove it before they rename another.
    `content` is what was just read from the file; `is_whole` returns whether a content compiles.
    Waits at most `MOST` seconds.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + MOST
    whole = await is_whole(content)
    quiet = loop.time() + QUIET
    while not whole and loop.time() < min(until, quiet):
        await asyncio.sleep(PAUSE)
        before, content = content, document.read_content(file)
        if content != before:
            whole = await is_whole(content)
            quiet = loop.time() + QUIET
    return content
