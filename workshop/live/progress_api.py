"""The API of the learner's progress and of the running apps."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable

from aiohttp import web

from workshop import workspace
from workshop.course import CourseError
from workshop.live.context import ROOM
from workshop.live.json_api import ApiError, answer, read, unwritten
from workshop.live.messages import StateEvent, extended
from workshop.workspace.progress_entries import taken_in

routes = web.RouteTableDef()
APP = "/apps/{name:.+}"
ZIP = "application/zip"
NAME = "aiohttp-workshop.zip"


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
