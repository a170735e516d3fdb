"""An app in a process of its own: started, watched, started again on every save, ended."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import signal
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

import watchfiles

from workshop.apps import file_polling, ports
from workshop.apps.log import Log
from workshop.apps.running import AGAIN, SOURCES, environment

START = 20.0
"""Seconds in which an app has to answer on its port."""
PAUSE = 0.02
"""Seconds between two tries to reach it."""
MOST = 64 * 1024
"""Bytes of what an app prints while it is loaded that are kept."""
FIRST = asyncio.FIRST_COMPLETED
KEPT = "What was saved last does not load; the app from before that save goes on."
ENDLESS = b"It was not loaded within %d s: is there a loop that does not end?\n" % START
_SOURCES = watchfiles.PythonFilter(extra_extensions=SOURCES)
PATIENCE = 0.4
"""Seconds in which an app that was let go of has to be gone; then it is killed."""


class State(StrEnum):
    """How an app is."""

    STARTING = "starting"
    RUNNING = "running"
    """It answers on its port."""
    STOPPED = "stopped"
    FAILED = "failed"
    """It ended by itself, or never answered; its log says more. The next save starts it again."""


class Child:
    """One app, between `start` and `stop`; `told` is called when its state changes.

    It ends with this process, however that ends.
    """

    def __init__(
        self,
        root: Path,
        target: str,
        folder: Path,
        data: Path,
        told: Callable[[], None],
        printed: Callable[[list[str]], None],
    ) -> None:
        self.state = State.STOPPED
        self.port = ports.spare()
        self.log = Log(printed)
        self._root, self._target, self._folder, self._data = root, target, folder, data
        self.notice: str | None = None
        """Set while an older app goes on because what was saved last does not load."""
        self._told = told
        self._keeping: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start it, and again on every save; call it once."""
        self._change(State.STARTING)
        self._keeping = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """End it; it is gone when this returns."""
        if self._keeping:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
            self._keeping = None
        self._change(State.STOPPED)

    async def _keep(self) -> None:
        """Have one run after the other, a save between them."""
        saves = file_polling.folder_changes(self._folder, _SOURCES)
        saved = asyncio.ensure_future(anext(saves))
        attending = asyncio.create_task(self._attend(None))
        try:
            while True:
                await saved
                saved = asyncio.ensure_future(anext(saves))
                loaded = None
                if self.state is State.RUNNING:
                    loaded = await self._loaded(saved)
                    if loaded is None:
                        continue
                await _cancelled(attending)
                self.log.say(AGAIN)
                self._change(State.STARTING)
                attending = asyncio.create_task(self._attend(loaded))
        except (OSError, RuntimeError, StopAsyncIteration) as error:
            self.log.say(f"{self._folder} can no longer be watched: {error}. Start the app again.")
            self._change(State.FAILED)
        finally:
            await _cancelled(attending)
            await _cancelled(saved)

    async def _loaded(self, saved: asyncio.Future[Any]) -> asyncio.subprocess.Process | None:
        """Return a process that has loaded what was saved, and waits for its turn.

        None when that does not load, or when there is another save by now: the app goes on.
        """
        word = secrets.token_hex(16)
        process = await self._spawn(word)
        loading = asyncio.create_task(_said(process, word))
        good = False
        try:
            await asyncio.wait({loading, saved}, timeout=START, return_when=FIRST)
            printed = loading.result() if loading.done() else ENDLESS
            good = printed is None
            if printed is not None and not saved.done():
                self._go_on(printed)
        finally:
            await _cancelled(loading)
            if not good:
                await _end(process)
        return process if good else None

    def _go_on(self, printed: bytes) -> None:
        """Say why the app of before goes on."""
        self.log.feed(printed)
        self.log.end()
        self.log.say(KEPT)
        self.notice = KEPT
        self._told()

    async def _attend(self, process: asyncio.subprocess.Process | None) -> None:
        """Follow one run from its start to its end; cancelling it ends the run.

        A process that has loaded the app already is let go on.
        """
        try:
            if process is None:
                process = await self._spawn()
            else:
                assert process.stdin
                process.stdin.write(b"\n")
        except OSError as error:
            self.log.say(f"It could not be started: {error}")
            self._change(State.FAILED)
            return
        reading = asyncio.create_task(self._read(process))
        try:
            if await self._answers(process):
                self._change(State.RUNNING)
            elif process.returncode is None:
                self.log.say(
                    f"It did not answer on port {self.port} within {START:g} s."
                    ' Does main() take the port from os.environ["PORT"]?'
                )
                self._change(State.FAILED)
            await process.wait()
            await asyncio.wait({reading}, timeout=PATIENCE)  # what came out of it may still print
            self.log.say(f"It ended by itself, with exit code {process.returncode}.")
            self.log.end()
            self._change(State.FAILED)
        finally:
            await _end(process)
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
            self.log.end()

    async def _spawn(self, *word: str) -> asyncio.subprocess.Process:
        own = {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "workshop.apps.lifeline", self._target, *word),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            cwd=self._root,
            env={**environment(self.port, self._data), **own},
            start_new_session=hasattr(os, "setsid"),
        )

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout
        while data := await process.stdout.read(65536):
            self.log.feed(data)

    async def _answers(self, process: asyncio.subprocess.Process) -> bool:
        """Wait until somebody listens on its port; False when it ended, or after `START`."""
        ended = asyncio.create_task(process.wait())
        try:
            async with asyncio.timeout(START):
                while not ended.done():
                    with contextlib.suppress(OSError):
                        _, writer = await asyncio.open_connection(ports.HOST, self.port)
                        writer.close()
                        return True
                    await asyncio.wait({ended}, timeout=PAUSE)
        except TimeoutError:
            pass
        finally:
            ended.cancel()
        return False

    def _change(self, state: State) -> None:
        if state is not self.state:
            self.state = state
            self.notice = None
            self._told()


async def _said(process: asyncio.subprocess.Process, word: str) -> bytes | None:
    """Read until a process has said a word; return None then, or what it printed until its end."""
    assert process.stdout
    printed = b""
    while data := await process.stdout.read(65536):
        printed = (printed + data)[-MOST:]
        if word.encode() in printed:
            return None
    return printed


async def _cancelled(work: asyncio.Future[Any]) -> None:
    """Cancel what goes on, and wait until it has ended."""
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Let go of an app, and kill it and all that came out of it if that is not enough."""
    assert process.stdin
    process.stdin.close()
    if process.returncode is None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), PATIENCE)
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        elif process.returncode is None:
            process.kill()
    await process.wait()
    process._transport.close()  # type: ignore[attr-defined]
