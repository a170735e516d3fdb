"""Whether a text is a program, as a process beside says: some take minutes to compile."""

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
"""Seconds in which what a person has written is compiled; any other text is given up."""
BEGIN = 5.0
"""Seconds in which a process has to be there."""
QUIET = 0.1
"""Seconds without a change after which half a file is what was meant."""
MOST = 1.0
"""Seconds after which it is taken as it is."""
PAUSE = 0.02
"""Seconds between two looks."""


class Parser:
    """Says whether contents are programs, one after the other, by a process beside.

    Between `async with`; a process that takes too long is ended, and another one starts.
    """

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._first: asyncio.Task[bool] | None = None
        self._ending: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Parser:
        """Begin to start it, so that the first save need not wait."""
        self._first = asyncio.create_task(self.whole(b"#"))
        return self

    async def __aexit__(self, *_: object) -> None:
        """End it; it is gone when this returns."""
        assert self._first
        self._first.cancel()
        await asyncio.gather(self._first, return_exceptions=True)
        await self._end()
        await asyncio.gather(*self._ending)

    async def whole(self, content: bytes | None) -> bool:
        """Say whether a content is a program: not missing, not empty, not half written.

        False also for one that takes longer than `PATIENCE`, and where no process can be had.
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
        """Return the process, started if need be; raises OSError, EOFError or TimeoutError."""
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
        """End the process, whoever waits for that or no more does."""
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
    """Wait until a file is whole, or does not change any more; return what it holds then.

    Editors empty a file before they write it, or remove it before another takes its name.
    `content` is what was just read from the file; `is_whole` says whether a content is a program.
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
