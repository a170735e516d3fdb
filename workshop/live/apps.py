"""The running apps, one process each; and whether a page may show an app in a frame."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping

import aiohttp

from workshop.apps import ports
from workshop.apps.app_process import AppProcess, ProcessState
from workshop.apps.running import data_folder, module_of
from workshop.course import CourseError
from workshop.live.json_api import ApiError
from workshop.live.messages import AppEvent, AppFacts, AppState, CourseEvent, LogEvent, extended
from workshop.live.state import CourseIndex

MAX_APPS = 8
"""Apps that run at once."""
FRAME_CHECK_SECONDS = 5.0
FRAME_ANCESTORS = re.compile(r"(?:^|[;,])\s*frame-ancestors\b([^;,]*)", re.IGNORECASE)
ALLOWED_SOURCE = re.compile(r"\*|http:|(http://)?(127\.0\.0\.1|localhost):\*", re.IGNORECASE)
"""Sources of `frame-ancestors` that match the course's page, which has another port."""


class RunningApps:
    """Starts and stops apps; passes each change of state and each line of output to `send`."""

    def __init__(self, index: CourseIndex, send: Callable[[CourseEvent], None]) -> None:
        self._index = index
        self._send = send
        self.processes: dict[str, AppProcess] = {}
        self._framed: dict[str, bool | None] = {}
        self._frame_checks: dict[str, asyncio.Task[None]] = {}
        self._starting = asyncio.Lock()

    async def start(self, name: str) -> AppState:
        """Start an app unless it runs; return its state.

        Raises ApiError 404 when there is no such app, 409 when too many run.
        """
        async with self._starting:
            process = self._process(name)
            if process and process.state is ProcessState.FAILED:
                await process.stop()
            if process is None or process.state is ProcessState.STOPPED:
                self._check_limit()
                self._new_process(name).start()
        return self.state_of(name)

    async def stop(self, name: str) -> AppState:
        """Stop an app; return its state. Raises ApiError 404 when there is no such app."""
        if process := self._process(name):
            await process.stop()
        return self.state_of(name)

    async def stop_all(self) -> None:
        """Stop all apps, and cancel the requests about framing."""
        checks = list(self._frame_checks.values())
        for task in checks:
            task.cancel()
        stops = [process.stop() for process in self.processes.values()]
        await asyncio.gather(*stops, *checks, return_exceptions=True)

    def running(self) -> tuple[AppFacts, ...]:
        """Return the apps that run, with their addresses."""
        return tuple(
            AppFacts(name=name, address=f"http://{ports.HOST}:{process.port}/", state=process.state)
            for name, process in self.processes.items()
            if process.state is ProcessState.RUNNING
        )

    def state_of(self, name: str) -> AppState:
        """Return the state of an app. Raises ApiError 404 when there is no such app."""
        process = self._process(name)
        port = process.port if process and process.state is not ProcessState.STOPPED else None
        return AppState(
            name=name,
            port=port,
            address=f"http://{ports.HOST}:{port}/" if port else None,
            state=process.state if process else ProcessState.STOPPED,
            framed=self._framed.get(name),
            notice=process.notice if process else None,
            log=tuple(process.log.lines) if process else (),
            printed=process.log.printed if process else 0,
        )

    def port_of(self, name: str) -> int:
        """Return the port of a running app.

        Raises ApiError 404 when there is no such app, 409 when it does not run.
        """
        process = self._process(name)
        if process is None or process.state is not ProcessState.RUNNING:
            raise ApiError(409, f"The app {name} does not run. Start it, then ask it again.")
        return process.port

    def _process(self, name: str) -> AppProcess | None:
        """Return the process of an app, None before its first start; raises ApiError 404."""
        if self._index.app(name) is None:
            raise ApiError(
                404, f'"{name[:80]}" is no app. Take a step, such as step01, or an exercise of it.'
            )
        return self.processes.get(name)

    def _check_limit(self) -> None:
        """Raise ApiError 409 when too many apps run."""
        running = [
            n for n, process in self.processes.items() if process.state is not ProcessState.STOPPED
        ]
        if len(running) >= MAX_APPS:
            raise ApiError(409, f"{MAX_APPS} apps run already. Stop one: {', '.join(running)}.")

    def _new_process(self, name: str) -> AppProcess:
        app, course = self._index.app(name), self._index.course
        assert app
        try:
            target, folder = module_of(app)
            data = data_folder(course, target)
        except CourseError as error:
            raise ApiError(409, str(error)) from error
        process = self.processes[name] = AppProcess(
            *(course.root, target, folder, data),
            on_change=lambda: self._changed(name),
            on_lines=lambda lines: self._printed(name, lines),
        )
        return process

    def _printed(self, name: str, lines: list[str]) -> None:
        """Send lines of an app; `printed` counts all its lines: a page knows which are new."""
        printed = self.processes[name].log.printed
        self._send(LogEvent(name=name, lines=tuple(lines), printed=printed))

    def _changed(self, name: str) -> None:
        """Send an app's new state; once it runs, request its headers for framing."""
        self._framed[name] = None
        self._send(extended(AppEvent, self.state_of(name)))
        if before := self._frame_checks.pop(name, None):
            before.cancel()
        process = self.processes[name]
        if process.state is ProcessState.RUNNING:
            self._frame_checks[name] = asyncio.create_task(self._check_framing(name, process.port))

    async def _check_framing(self, name: str, port: int) -> None:
        self._framed[name] = await allows_framing(port)
        self._send(extended(AppEvent, self.state_of(name)))


async def allows_framing(port: int) -> bool | None:
    """Request the front page of the app on a port; None when there is no response."""
    address = f"http://{ports.HOST}:{port}/"
    limit = aiohttp.ClientTimeout(total=FRAME_CHECK_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), timeout=limit) as session,
            session.get(address, allow_redirects=False) as response,
        ):
            return headers_allow_framing(response.headers)
    except (aiohttp.ClientError, OSError, TimeoutError):
        return None


def headers_allow_framing(headers: Mapping[str, str]) -> bool:
    """Whether a response with these headers may be framed by a page of another port."""
    found = FRAME_ANCESTORS.findall(headers.get("Content-Security-Policy", ""))
    if found:
        return all(any(ALLOWED_SOURCE.fullmatch(word) for word in words.split()) for words in found)
    return headers.get("X-Frame-Options", "").strip().upper() not in {"DENY", "SAMEORIGIN"}
