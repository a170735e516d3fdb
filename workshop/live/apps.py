"""The running apps, one process each; and whether a page may show an app in a frame."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping

import aiohttp

from workshop.apps import ports
from workshop.apps.app_process import Child, State
from workshop.apps.running import data_folder, module_of
from workshop.course import CourseError
from workshop.live.json_api import ApiError
from workshop.live.messages import AppEvent, AppFacts, AppState, CourseEvent, LogEvent, extended
from workshop.live.state import Catalogue

MOST = 8
"""Apps that run at once."""
SECONDS = 5.0
ANCESTORS = re.compile(r"(?:^|[;,])\s*frame-ancestors\b([^;,]*)", re.IGNORECASE)
OURS = re.compile(r"\*|http:|(http://)?(127\.0\.0\.1|localhost):\*", re.IGNORECASE)
"""What a policy says that lets the course's page in, which has another port than the app."""


class Apps:
    """Starts and stops apps; `tell` hears of every change."""

    def __init__(self, catalogue: Catalogue, tell: Callable[[CourseEvent], None]) -> None:
        self._catalogue = catalogue
        self._tell = tell
        self._children: dict[str, Child] = {}
        self._framed: dict[str, bool | None] = {}
        self._asking: dict[str, asyncio.Task[None]] = {}
        self._starting = asyncio.Lock()

    async def start(self, name: str) -> AppState:
        """Start an app, or leave it as it is when it runs; return what is known of it.

        Raises ApiError 404 when there is no such app, 409 when too many run.
        """
        async with self._starting:
            known = self._child(name)
            if known and known.state is State.FAILED:
                await known.stop()
            if known is None or known.state is State.STOPPED:
                self._make_room()
                self._make(name).start()
        return self.known(name)

    async def stop(self, name: str) -> AppState:
        """Stop an app; return what is known of it. Raises ApiError 404 when there is none."""
        if child := self._child(name):
            await child.stop()
        return self.known(name)

    async def end(self) -> None:
        """Stop all of them."""
        asking = list(self._asking.values())
        for task in asking:
            task.cancel()
        stops = [child.stop() for child in self._children.values()]
        await asyncio.gather(*stops, *asking, return_exceptions=True)

    def running(self) -> tuple[AppFacts, ...]:
        """Return which apps run, and where."""
        return tuple(
            AppFacts(name=name, address=f"http://{ports.HOST}:{child.port}/", state=child.state)
            for name, child in self._children.items()
            if child.state is State.RUNNING
        )

    def known(self, name: str) -> AppState:
        """Return what is known of an app. Raises ApiError 404 when there is none."""
        child = self._child(name)
        port = child.port if child and child.state is not State.STOPPED else None
        return AppState(
            name=name,
            port=port,
            address=f"http://{ports.HOST}:{port}/" if port else None,
            state=child.state if child else State.STOPPED,
            framed=self._framed.get(name),
            notice=child.notice if child else None,
            log=tuple(child.log.lines) if child else (),
            printed=child.log.printed if child else 0,
        )

    def port(self, name: str) -> int:
        """Return the port of an app that runs; raises ApiError 404, or 409 when it does not."""
        child = self._child(name)
        if child is None or child.state is not State.RUNNING:
            raise ApiError(409, f"The app {name} does not run. Start it, then ask it again.")
        return child.port

    def _child(self, name: str) -> Child | None:
        """Return the process of an app, if it ever had one; raises ApiError 404."""
        if self._catalogue.app(name) is None:
            raise ApiError(
                404, f'"{name[:80]}" is no app. Take a step, such as step01, or an exercise of it.'
            )
        return self._children.get(name)

    def _make_room(self) -> None:
        """Raise ApiError 409 when too many apps run."""
        running = [n for n, child in self._children.items() if child.state is not State.STOPPED]
        if len(running) >= MOST:
            raise ApiError(409, f"{MOST} apps run already. Stop one: {', '.join(running)}.")

    def _make(self, name: str) -> Child:
        app, course = self._catalogue.app(name), self._catalogue.course
        assert app
        try:
            target, folder = module_of(app)
            data = data_folder(course, target)
        except CourseError as error:
            raise ApiError(409, str(error)) from error
        child = self._children[name] = Child(
            *(course.root, target, folder, data),
            told=lambda: self._changed(name),
            printed=lambda lines: self._printed(name, lines),
        )
        return child

    def _printed(self, name: str, lines: list[str]) -> None:
        """Tell lines of an app; their number says which of them a page knows already."""
        printed = self._children[name].log.printed
        self._tell(LogEvent(name=name, lines=tuple(lines), printed=printed))

    def _changed(self, name: str) -> None:
        """Tell how an app is now; when it runs, ask it whether a page may show it in a frame."""
        self._framed[name] = None
        self._tell(extended(AppEvent, self.known(name)))
        if before := self._asking.pop(name, None):
            before.cancel()
        child = self._children[name]
        if child.state is State.RUNNING:
            self._asking[name] = asyncio.create_task(self._ask_framed(name, child.port))

    async def _ask_framed(self, name: str, port: int) -> None:
        self._framed[name] = await framed(port)
        self._tell(extended(AppEvent, self.known(name)))


async def framed(port: int) -> bool | None:
    """Ask the app on a port for its front page; None when it does not answer."""
    address = f"http://{ports.HOST}:{port}/"
    limit = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with (
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), timeout=limit) as session,
            session.get(address, allow_redirects=False) as response,
        ):
            return allows(response.headers)
    except (aiohttp.ClientError, OSError, TimeoutError):
        return None


def allows(headers: Mapping[str, str]) -> bool:
    """Whether an answer with these headers may be shown in a frame of another port's page."""
    found = ANCESTORS.findall(headers.get("Content-Security-Policy", ""))
    if found:
        return all(any(OURS.fullmatch(word) for word in words.split()) for words in found)
    return headers.get("X-Frame-Options", "").strip().upper() not in {"DENY", "SAMEORIGIN"}
