"""The JSON API: the learner's file, its checks, hints and solution; progress; running apps."""

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
from workshop.live.json_api import ApiError, answer, body, read, unwritten
from workshop.live.messages import (
    Conflict,
    HintFor,
    Hints,
    NoticeEvent,
    Replaced,
    Restore,
    Save,
    Solution,
    StateEvent,
    Unearned,
    Version,
    extended,
)
from workshop.workspace.progress_file import taken_in

Done = TypeVar("Done")
Changed = tuple[workspace.Sheet, Path | None]
"""What a learner's file holds after a change, and the copy that was kept of what it held."""
routes = web.RouteTableDef()
PLACE = "/exercises/{step}/{name}"
APP = "/apps/{name:.+}"
ZIP = "application/zip"
NAME = "aiohttp-workshop.zip"


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


@routes.get("/progress")
async def packed(request: web.Request) -> web.Response:
    """What is done and the files that it was done in, as one file to take along."""
    room = request.app[ROOM]
    data = await asyncio.to_thread(workspace.pack, room.catalogue.course, room.progress)
    kept = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{NAME}"'}
    return web.Response(body=data, content_type=ZIP, headers=kept)


@routes.post("/progress")
async def look(request: web.Request) -> web.Response:
    """Say what taking such a file would change; nothing is."""
    archive = await _archive(request)
    return answer(await _done(functools.partial(workspace.change, archive)))


@routes.put("/progress")
async def take(request: web.Request) -> web.Response:
    """Take such a file; copies of what was there are kept."""
    room, archive = request.app[ROOM], await _archive(request)
    async with room.lesson.writing:
        change = await _done(functools.partial(workspace.take, archive, room.progress))
    room.audience.tell(extended(StateEvent, room.whole(), kind="progress"))
    return answer(change)


async def _archive(request: web.Request) -> workspace.Archive:
    """Return what was taken along: an archive, or (of an earlier course) JSON without files.

    Raises ApiError 400, 413 or 422.
    """
    try:
        if request.content_type == ZIP:
            course = request.app[ROOM].catalogue.course
            return await asyncio.to_thread(workspace.unpack, await request.read(), course)
        return workspace.Archive(taken_in(await read(request)))
    except ValueError as error:
        raise ApiError(
            422, f"This is no progress of this course: {error} Nothing was changed."
        ) from error


async def _done(work: Callable[[], workspace.Change]) -> workspace.Change:
    """Do what reads or writes the learner's files; raises ApiError 409 or 422."""
    try:
        return await asyncio.to_thread(work)
    except CourseError as error:
        raise ApiError(422, f"{error} Nothing was changed.") from error
    except OSError as error:
        raise unwritten(error) from error


@routes.get(APP)
async def known(request: web.Request) -> web.Response:
    """How an app is."""
    return answer(request.app[ROOM].apps.known(request.match_info["name"]))


@routes.put(APP)
async def start(request: web.Request) -> web.Response:
    """Start an app."""
    return answer(await request.app[ROOM].apps.start(request.match_info["name"]))


@routes.delete(APP)
async def stop(request: web.Request) -> web.Response:
    """Stop an app."""
    return answer(await request.app[ROOM].apps.stop(request.match_info["name"]))


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
