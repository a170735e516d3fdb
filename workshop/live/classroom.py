"""What the live course is made of, while it runs."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from aiohttp import web

from workshop import desk
from workshop.course import Exercise
from workshop.lesson import Event, Kind, Lesson
from workshop.live.apps import Apps
from workshop.live.audience import Audience
from workshop.live.catalogue import Catalogue
from workshop.live.messages import (
    CheckingEvent,
    CourseEvent,
    CourseState,
    NoticeEvent,
    ReportEvent,
    SavedEvent,
    extended,
)
from workshop.live.state import State, disk

UNHEARD = 1.0
"""Seconds in which the lesson hears of a save; some disks tell nobody, then it is asked."""

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
        self.writing = asyncio.Lock()
        """Held from a look at a learner's file to its change."""
        self._checked: dict[str, str | None] = {}
        """The version that is, or was last, checked, by key."""
        self._unheard: dict[str, asyncio.TimerHandle] = {}
        self.state.whole()  # read now what would hold up the first page

    def whole(self) -> CourseState:
        """Return the course, where the learner stands, and which apps run."""
        return self.state.whole(self.apps.running())

    def saved(self, exercise: Exercise) -> None:
        """See to it that a file that was written is checked: once, by whoever hears of it."""
        self._forget(exercise)
        loop = asyncio.get_running_loop()
        self._unheard[exercise.key] = loop.call_later(UNHEARD, self.lesson.ask, exercise)

    def _forget(self, exercise: Exercise) -> None:
        if timer := self._unheard.pop(exercise.key, None):
            timer.cancel()

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
                passes = self.progress.passes(exercise)
                return extended(SavedEvent, disk(exercise), key=key, passes=passes)
            case Kind.CHECKING:
                self._forget(exercise)
                self._checked[key] = desk.look(exercise).version
                return CheckingEvent(key=key, version=self._checked[key])
            case Kind.REPORT:
                assert event.report
                return ReportEvent(
                    key=key,
                    version=self._checked.get(key),
                    report=self.state.shown(exercise, event.report),
                    done=self.progress.done(exercise),
                    passes=self.progress.passes(exercise),
                    next=self.state.next_key(),
                )
            case Kind.NOTICE:
                return NoticeEvent(key=key, message=event.notice or "")

    def close(self) -> None:
        """Forget what waits."""
        for timer in self._unheard.values():
            timer.cancel()


ROOM = web.AppKey("room", Classroom)


async def lesson(app: web.Application) -> AsyncIterator[None]:
    """Let the lesson run as long as the app, and the apps end with it."""
    room = app[ROOM]
    async with room.lesson:
        following = asyncio.create_task(room.follow())
        yield
        room.close()
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following


async def farewell(app: web.Application) -> None:
    """Say goodbye to everyone, and end the apps meanwhile."""
    room = app[ROOM]
    await asyncio.gather(room.audience.farewell(), room.apps.end())
