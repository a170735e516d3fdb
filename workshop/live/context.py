"""The objects of a running live course, under one app key, and the tasks that connect them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from aiohttp import web

from workshop.live.apps import RunningApps
from workshop.live.broadcast import Broadcaster
from workshop.live.messages import (
    CheckingEvent,
    CourseEvent,
    CourseState,
    NoticeEvent,
    ReportEvent,
    SavedEvent,
    extended,
)
from workshop.live.state import CourseIndex, StateBuilder
from workshop.workspace.session import CourseSession, Event, EventKind

logger = logging.getLogger(__name__)


class LiveContext:
    """Session, broadcaster and apps of a running course; events of one are sent to all pages."""

    def __init__(self, session: CourseSession) -> None:
        self.session = session
        self.progress = session.progress
        self.index = CourseIndex(session.course)
        self.state = StateBuilder(self.index, self.progress)
        self.broadcaster = Broadcaster()
        self.apps = RunningApps(self.index, self.broadcaster.send)
        self.state.course_state()  # read now what would hold up the first page

    def course_state(self) -> CourseState:
        """Return the state of the course, of its exercises and of the running apps."""
        return self.state.course_state(self.apps.running())

    async def forward_events(self) -> None:
        """Broadcast the events of the session, until cancelled."""
        with self.session.subscribe() as events:
            while True:
                event = await events.get()
                try:
                    self.broadcaster.send(self._message(event))
                except Exception as error:  # the course goes on
                    key = event.exercise.key
                    logger.exception("%s of %s was not told", event.kind, key)
                    sentence = f"What became of {key} cannot be told: {error}. Save once more."
                    self.broadcaster.send(NoticeEvent(key=key, message=sentence))

    def _message(self, event: Event) -> CourseEvent:
        """Return the message for an event."""
        exercise, key = event.exercise, event.exercise.key
        match event.kind:
            case EventKind.SAVED:
                assert event.document
                passes = self.progress.passes(exercise, event.document.version)
                return extended(SavedEvent, event.document, key=key, passes=passes)
            case EventKind.CHECKING:
                return CheckingEvent(key=key, version=event.version)
            case EventKind.REPORT:
                assert event.report
                return ReportEvent(
                    key=key,
                    version=event.version,
                    report=self.state.with_taken_hints(exercise, event.report),
                    done=self.progress.done(exercise),
                    passes=self.progress.passes(exercise, event.report.source),
                    next=self.state.next_key(),
                )
            case EventKind.NOTICE:
                return NoticeEvent(key=key, message=event.notice or "")


CONTEXT = web.AppKey("context", LiveContext)


async def run_session(app: web.Application) -> AsyncIterator[None]:
    """Run the session and broadcast its events as long as the application runs."""
    context = app[CONTEXT]
    async with context.session:
        forwarding = asyncio.create_task(context.forward_events())
        yield
        forwarding.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await forwarding


async def close_all(app: web.Application) -> None:
    """Close all websockets and stop all apps, at the same time."""
    context = app[CONTEXT]
    await asyncio.gather(context.broadcaster.close_all(), context.apps.stop_all())
