"""What the live course is made of, while it runs."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from aiohttp import web

from workshop.live.apps import Apps
from workshop.live.broadcast import Audience
from workshop.live.messages import (
    CheckingEvent,
    CourseEvent,
    CourseState,
    NoticeEvent,
    ReportEvent,
    SavedEvent,
    extended,
)
from workshop.live.state import Catalogue, State
from workshop.workspace.session import Event, Kind, Lesson

logger = logging.getLogger(__name__)


class Classroom:
    """Lesson, audience and apps together: what happens in one is told to the others."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.progress = lesson.progress
        self.catalogue = Catalogue(lesson.course)
        self.state = State(self.catalogue, self.progress)
        self.audience = Audience()
        self.apps = Apps(self.catalogue, self.audience.tell)
        self.state.whole()  # read now what would hold up the first page

    def whole(self) -> CourseState:
        """Return the course, where the learner stands, and which apps run."""
        return self.state.whole(self.apps.running())

    async def follow(self) -> None:
        """Tell the audience what the lesson tells, until cancelled."""
        with self.lesson.listening() as events:
            while True:
                event = await events.get()
                try:
                    self.audience.tell(self._message(event))
                except Exception as error:  # the course goes on
                    key = event.exercise.key
                    logger.exception("%s of %s was not told", event.kind, key)
                    words = f"What became of {key} cannot be told: {error}. Save once more."
                    self.audience.tell(NoticeEvent(key=key, message=words))

    def _message(self, event: Event) -> CourseEvent:
        """Return what is told of an event."""
        exercise, key = event.exercise, event.exercise.key
        match event.kind:
            case Kind.SAVED:
                assert event.sheet
                passes = self.progress.passes(exercise, event.sheet.version)
                return extended(SavedEvent, event.sheet, key=key, passes=passes)
            case Kind.CHECKING:
                return CheckingEvent(key=key, version=event.version)
            case Kind.REPORT:
                assert event.report
                return ReportEvent(
                    key=key,
                    version=event.version,
                    report=self.state.shown(exercise, event.report),
                    done=self.progress.done(exercise),
                    passes=self.progress.passes(exercise, event.report.source),
                    next=self.state.next_key(),
                )
            case Kind.NOTICE:
                return NoticeEvent(key=key, message=event.notice or "")


ROOM = web.AppKey("room", Classroom)


async def lesson(app: web.Application) -> AsyncIterator[None]:
    """Let the lesson run as long as the app, and the apps end with it."""
    room = app[ROOM]
    async with room.lesson:
        following = asyncio.create_task(room.follow())
        yield
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following


async def farewell(app: web.Application) -> None:
    """Say goodbye to everyone, and end the apps meanwhile."""
    room = app[ROOM]
    await asyncio.gather(room.audience.farewell(), room.apps.end())
