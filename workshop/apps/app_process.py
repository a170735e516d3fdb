"""An app as a subprocess: it is started, restarted on every save, and terminated."""

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
from workshop.apps.log import AppLog
from workshop.apps.running import RESTARTED, SOURCES, environment

START_SECONDS = 20.0
"""Seconds in which an app has to listen on its port."""
CONNECT_PAUSE = 0.02
"""Seconds between two tries to connect to it."""
OUTPUT_LIMIT = 64 * 1024
"""Bytes of output that are kept while an app is loaded: the last ones."""
FIRST_COMPLETED = asyncio.FIRST_COMPLETED
STILL_RUNNING = "What was saved last does not load; the app from before that save goes on."
NOT_LOADED = b"It was not loaded within %d s: is there a loop that does not end?\n" % START_SECONDS
SOURCE_FILTER = watchfiles.PythonFilter(extra_extensions=SOURCES)
EXIT_SECONDS = 0.4
"""Seconds in which an app has to exit when its lifeline is closed; then it is killed."""


class ProcessState(StrEnum):
    """The state of an app."""

    STARTING = "starting"
    RUNNING = "running"
    """It listens on its port."""
    STOPPED = "stopped"
    FAILED = "failed"
    """It exited by itself or never listened; its log says more. The next save starts it again."""


class AppProcess:
    """The subprocess of one app, between `start` and `stop`.

    `on_change` is called when its state or notice changes, `on_lines` with lines of its output.
    The subprocess ends with this process, however that ends.
    """

    def __init__(
        self,
        root: Path,
        target: str,
        folder: Path,
        data: Path,
        on_change: Callable[[], None],
        on_lines: Callable[[list[str]], None],
    ) -> None:
        self.state = ProcessState.STOPPED
        self.port = ports.free_port()
        self.log = AppLog(on_lines)
        self._root, self._target, self._folder, self._data = root, target, folder, data
        self.notice: str | None = None
        """A sentence while an older app runs on because the last save does not load."""
        self._on_change = on_change
        self._supervising: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start the app, and restart it on every save. To be called once."""
        self._change(ProcessState.STARTING)
        self._supervising = asyncio.create_task(self._supervise())

    async def stop(self) -> None:
        """Terminate the app; return when its process is gone."""
        if self._supervising:
            self._supervising.cancel()
            await asyncio.gather(self._supervising, return_exceptions=True)
            self._supervising = None
        self._change(ProcessState.STOPPED)

    async def _supervise(self) -> None:
        """Start a new run of the app after each save that loads."""
        saves = file_polling.folder_changes(self._folder, SOURCE_FILTER)
        saved = asyncio.ensure_future(anext(saves))
        run = asyncio.create_task(self._follow_run(None))
        try:
            while True:
                await saved
                saved = asyncio.ensure_future(anext(saves))
                loaded = None
                if self.state is ProcessState.RUNNING:
                    loaded = await self._load_saved(saved)
                    if loaded is None:
                        continue
                await _cancel(run)
                self.log.add_line(RESTARTED)
                self._change(ProcessState.STARTING)
                run = asyncio.create_task(self._follow_run(loaded))
        except (OSError, RuntimeError, StopAsyncIteration) as error:
            self.log.add_line(
                f"{self._folder} can no longer be watched: {error}. Start the app again."
            )
            self._change(ProcessState.FAILED)
        finally:
            await _cancel(run)
            await _cancel(saved)

    async def _load_saved(self, saved: asyncio.Future[Any]) -> asyncio.subprocess.Process | None:
        """Return a process that has loaded the saved files and waits for the port.

        Returns None when they do not load, or when another save came: the running app goes on.
        """
        token = secrets.token_hex(16)
        process = await self._spawn(token)
        loading = asyncio.create_task(_read_until(process, token))
        good = False
        try:
            await asyncio.wait({loading, saved}, timeout=START_SECONDS, return_when=FIRST_COMPLETED)
            output = loading.result() if loading.done() else NOT_LOADED
            good = output is None
            if output is not None and not saved.done():
                self._keep_running(output)
        finally:
            await _cancel(loading)
            if not good:
                await _terminate(process)
        return process if good else None

    def _keep_running(self, output: bytes) -> None:
        """Log why the saved files do not load; the running app goes on."""
        self.log.feed(output)
        self.log.end()
        self.log.add_line(STILL_RUNNING)
        self.notice = STILL_RUNNING
        self._on_change()

    async def _follow_run(self, process: asyncio.subprocess.Process | None) -> None:
        """Start one run and follow it to its exit; a cancellation terminates it.

        `process` is one that has loaded the app already, or None to start one.
        """
        try:
            if process is None:
                process = await self._spawn()
            else:
                assert process.stdin
                process.stdin.write(b"\n")
        except OSError as error:
            self.log.add_line(f"It could not be started: {error}")
            self._change(ProcessState.FAILED)
            return
        reading = asyncio.create_task(self._read(process))
        try:
            if await self._wait_for_port(process):
                self._change(ProcessState.RUNNING)
            elif process.returncode is None:
                self.log.add_line(
                    f"It did not answer on port {self.port} within {START_SECONDS:g} s."
                    ' Does main() take the port from os.environ["PORT"]?'
                )
                self._change(ProcessState.FAILED)
            await process.wait()
            await asyncio.wait({reading}, timeout=EXIT_SECONDS)  # its children may still print
            self.log.add_line(f"It ended by itself, with exit code {process.returncode}.")
            self.log.end()
            self._change(ProcessState.FAILED)
        finally:
            await _terminate(process)
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
            self.log.end()

    async def _spawn(self, *token: str) -> asyncio.subprocess.Process:
        own = {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "workshop.apps.lifeline", self._target, *token),
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

    async def _wait_for_port(self, process: asyncio.subprocess.Process) -> bool:
        """Return True once its port accepts connections, False when it exits or is too late."""
        ended = asyncio.create_task(process.wait())
        try:
            async with asyncio.timeout(START_SECONDS):
                while not ended.done():
                    with contextlib.suppress(OSError):
                        _, writer = await asyncio.open_connection(ports.HOST, self.port)
                        writer.close()
                        return True
                    await asyncio.wait({ended}, timeout=CONNECT_PAUSE)
        except TimeoutError:
            pass
        finally:
            ended.cancel()
        return False

    def _change(self, state: ProcessState) -> None:
        if state is not self.state:
            self.state = state
            self.notice = None
            self._on_change()


async def _read_until(process: asyncio.subprocess.Process, token: str) -> bytes | None:
    """Read output until it has the token, then return None; at end of file return the output."""
    assert process.stdout
    output = b""
    while data := await process.stdout.read(65536):
        output = (output + data)[-OUTPUT_LIMIT:]
        if token.encode() in output:
            return None
    return output


async def _cancel(work: asyncio.Future[Any]) -> None:
    """Cancel a task or future and wait until it is done."""
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)


async def _terminate(process: asyncio.subprocess.Process) -> None:
    """Close the lifeline of an app; kill its process group if it does not exit then."""
    assert process.stdin
    process.stdin.close()
    if process.returncode is None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), EXIT_SECONDS)
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        elif process.returncode is None:
            process.kill()
    await process.wait()
    process._transport.close()  # type: ignore[attr-defined]
