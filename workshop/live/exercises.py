"""The API of the exercises: the learner's file, its checks, hints and solution."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from aiohttp import web

from workshop import desk
from workshop.course import CourseError, Exercise
from workshop.lesson import Kind
from workshop.live import state
from workshop.live.answers import ApiError, answer, body, unwritten
from workshop.live.classroom import ROOM, Classroom

Done = TypeVar("Done")
routes = web.RouteTableDef()
PLACE = "/exercises/{step}/{name}"


@dataclass
class Save:
    """A text for a file, and the version that it replaces."""

    content: str
    version: str | None


@dataclass
class Seen:
    """The version that the page has seen."""

    version: str | None


@dataclass
class Kept:
    """The name of a kept copy."""

    kept: str


@dataclass
class Asked:
    """The name of a check."""

    check: str


@routes.get("/state")
async def whole(request: web.Request) -> web.Response:
    """The course, and where the learner stands."""
    return answer(request.app[ROOM].whole())


@routes.get(PLACE)
async def one(request: web.Request) -> web.Response:
    """All about one exercise."""
    room, exercise = _found(request)
    try:
        return answer(room.state.exercise(exercise))
    except (OSError, UnicodeError) as error:
        raise ApiError(404, f"A file of {exercise.key} is missing: {error}. Restore it.") from error


@routes.put(PLACE)
async def save(request: web.Request) -> web.Response:
    """Replace the learner's file, if it still is what the page has seen."""
    room, exercise = _found(request)
    wanted = await body(request, Save)
    sheet = await _changed(room, lambda: desk.save(exercise, wanted.content, wanted.version))
    if sheet.version == wanted.version:
        room.lesson.ask(exercise)
    else:
        room.saved(exercise)
    return answer({"version": sheet.version})


@routes.post(PLACE + "/check")
async def check(request: web.Request) -> web.Response:
    """Check it; the verdict comes over the websocket."""
    room, exercise = _found(request)
    room.lesson.ask(exercise)
    return answer({}, 202)


@routes.post(PLACE + "/hint")
async def hint(request: web.Request) -> web.Response:
    """One more hint for a check."""
    room, exercise = _found(request)
    name = (await body(request, Asked)).check
    question = next((q for q in exercise.questions if q.name == name), None)
    if question is None:
        raise ApiError(404, f'{exercise.key} has no check "{name[:80]}". Reload the page.')
    if question.hints:
        try:
            room.progress.take_hint(exercise, name, len(question.hints))
        except OSError as error:  # the hint comes all the same
            said = room.progress.unwritten(error)
            room.audience.tell({"kind": Kind.NOTICE, "key": exercise.key, "message": said})
    taken = room.state.hints(exercise, name)
    return answer({"hints": taken, "left": len(question.hints) - len(taken)})


@routes.post(PLACE + "/solution")
async def solution(request: web.Request) -> web.Response:
    """The solution, once it is earned; else to whoever asks twice."""
    room, exercise = _found(request)
    asks_again = functools.partial(room.progress.asks_again, exercise)
    try:
        _noted(lambda: desk.check_earned(exercise, room.progress, asks_again))
    except desk.UnearnedError as error:
        said = f"{error}; ask once more to see it all the same."
        raise ApiError(403, said, asked=1) from error
    return answer({"content": state.solution(exercise)})


@routes.post(PLACE + "/reset")
async def reset(request: web.Request) -> web.Response:
    """Bring the original back; a copy of the learner's file is kept."""
    room, exercise = _found(request)
    version = (await body(request, Seen)).version

    def work() -> Path | None:
        desk.check_seen(exercise, version)
        return desk.reset(exercise, room.progress)

    return _replaced(room, exercise, await _changed(room, work))


@routes.post(PLACE + "/restore")
async def restore(request: web.Request) -> web.Response:
    """Bring a kept copy back; a copy of what was there is kept."""
    room, exercise = _found(request)
    name = (await body(request, Kept)).kept
    work = await _changed(room, lambda: desk.restore(exercise, room.progress, name))
    return _replaced(room, exercise, work)


def _found(request: web.Request) -> tuple[Classroom, Exercise]:
    """Return the classroom and the exercise that the address names; raises ApiError 404."""
    room, at = request.app[ROOM], request.match_info
    exercise = room.catalogue.exercise(at["step"], at["name"])
    if exercise is None:
        key = f"{at['step'][:40]}/{at['name'][:40]}"
        raise ApiError(404, f'There is no exercise "{key}". "python -m workshop list" shows all.')
    return room, exercise


async def _changed(room: Classroom, work: Callable[[], Done]) -> Done:
    """Do what writes a learner's file, one after the other; raises ApiError 409, 413 or 422."""
    async with room.writing:
        try:
            return await asyncio.to_thread(work)
        except desk.ConflictError as error:
            now = error.now
            raise ApiError(409, str(error), content=now.content, version=now.version) from error
        except desk.LargeError as error:
            raise ApiError(413, str(error)) from error
        except CourseError as error:
            raise ApiError(422, str(error)) from error


def _replaced(room: Classroom, exercise: Exercise, copy: Path | None) -> web.Response:
    room.saved(exercise)
    sheet = desk.look(exercise)
    return answer(
        {
            "content": sheet.content,
            "version": sheet.version,
            "kept": copy.name if copy else None,
        }
    )


def _noted(work: Callable[[], Done]) -> Done:
    """Do what writes the progress; raises ApiError 409 when that cannot be written."""
    try:
        return work()
    except OSError as error:
        raise unwritten(error) from error
