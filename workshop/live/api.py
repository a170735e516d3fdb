"""The API of the exercises: the learner's file, its checks, hints and solution."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from aiohttp import web

from workshop import workspace
from workshop.course import CourseError, Exercise
from workshop.live import state
from workshop.live.context import ROOM, Classroom
from workshop.live.json_api import ApiError, answer, body, unwritten
from workshop.live.messages import (
    Conflict,
    HintFor,
    Hints,
    NoticeEvent,
    Replaced,
    Restore,
    Save,
    Solution,
    Unearned,
    Version,
)

Done = TypeVar("Done")
Changed = tuple[workspace.Sheet, Path | None]
"""What a learner's file holds after a change, and the copy that was kept of what it held."""
routes = web.RouteTableDef()
PLACE = "/exercises/{step}/{name}"


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
    content, version = wanted.content, wanted.version
    sheet, _ = await _changed(
        room, exercise, lambda: (workspace.save(exercise, content, version), None)
    )
    return answer(Version(sheet.version))


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
    name = (await body(request, HintFor)).check
    question = next((q for q in exercise.questions if q.name == name), None)
    if question is None:
        raise ApiError(404, f'{exercise.key} has no check "{name[:80]}". Reload the page.')
    if question.hints:
        try:
            room.progress.take_hint(exercise, name, len(question.hints))
        except OSError as error:  # the hint comes all the same
            said = room.progress.unwritten(error)
            room.audience.tell(NoticeEvent(key=exercise.key, message=said))
    taken = room.state.hints(exercise, name)
    return answer(Hints(taken, len(question.hints) - len(taken)))


@routes.post(PLACE + "/solution")
async def solution(request: web.Request) -> web.Response:
    """The solution, once it is earned; else to whoever asks twice."""
    room, exercise = _found(request)
    asks_again = functools.partial(room.progress.asks_again, exercise)
    try:
        _noted(lambda: workspace.check_earned(exercise, room.progress, asks_again))
    except workspace.UnearnedError as error:
        said = f"{error}; ask once more to see it all the same."
        raise ApiError(403, said, Unearned()) from error
    return answer(Solution(state.solution(exercise)))


@routes.post(PLACE + "/reset")
async def reset(request: web.Request) -> web.Response:
    """Bring the original back; a copy of the learner's file is kept."""
    room, exercise = _found(request)
    version = (await body(request, Version)).version

    def work() -> Changed:
        workspace.check_seen(exercise, version)
        copy = workspace.reset(exercise, room.progress)
        return workspace.look(exercise), copy

    return _replaced(*await _changed(room, exercise, work))


@routes.post(PLACE + "/restore")
async def restore(request: web.Request) -> web.Response:
    """Bring a kept copy back; a copy of what was there is kept."""
    room, exercise = _found(request)
    name = (await body(request, Restore)).kept

    def work() -> Changed:
        copy = workspace.restore(exercise, room.progress, name)
        return workspace.look(exercise), copy

    return _replaced(*await _changed(room, exercise, work))


def _found(request: web.Request) -> tuple[Classroom, Exercise]:
    """Return the classroom and the exercise that the address names; raises ApiError 404."""
    room, at = request.app[ROOM], request.match_info
    exercise = room.catalogue.exercise(at["step"], at["name"])
    if exercise is None:
        key = f"{at['step'][:40]}/{at['name'][:40]}"
        raise ApiError(404, f'There is no exercise "{key}". "python -m workshop list" shows all.')
    return room, exercise


async def _changed(room: Classroom, exercise: Exercise, work: Callable[[], Changed]) -> Changed:
    """Do what writes a learner's file, one after the other, and have the file checked.

    Raises ApiError 409, 413 or 422.
    """
    async with room.lesson.writing:
        try:
            sheet, copy = await asyncio.to_thread(work)
        except workspace.ConflictError as error:
            now = error.now
            raise ApiError(409, str(error), Conflict(now.content, now.version)) from error
        except workspace.LargeError as error:
            raise ApiError(413, str(error)) from error
        except CourseError as error:
            raise ApiError(422, str(error)) from error
        room.lesson.saved(exercise, sheet)
    return sheet, copy


def _replaced(sheet: workspace.Sheet, copy: Path | None) -> web.Response:
    return answer(Replaced(sheet.content, sheet.version, copy.name if copy else None))


def _noted(work: Callable[[], Done]) -> Done:
    """Do what writes the progress; raises ApiError 409 when that cannot be written."""
    try:
        return work()
    except OSError as error:
        raise unwritten(error) from error
