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
from workshop.live.context import CONTEXT, LiveContext
from workshop.live.json_api import (
    ApiError,
    json_response,
    progress_unwritable,
    read_body,
    read_json,
)
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
from workshop.workspace.progress_file import read_export

Done = TypeVar("Done")
Written = tuple[workspace.Document, Path | None]
"""What a learner's file holds after a change, and the copy that was kept of what it held."""
routes = web.RouteTableDef()
EXERCISE = "/exercises/{step}/{name}"
APP = "/apps/{name:.+}"
ZIP = "application/zip"
DISPOSITION = 'attachment; filename="aiohttp-workshop.zip"'


@routes.get("/state")
async def get_state(request: web.Request) -> web.Response:
    """Return the state of the course."""
    return json_response(request.app[CONTEXT].course_state())


@routes.get(EXERCISE)
async def get_exercise(request: web.Request) -> web.Response:
    """Return the state of one exercise."""
    context, exercise = _exercise_of(request)
    try:
        return json_response(context.state.exercise(exercise))
    except (OSError, UnicodeError) as error:
        raise ApiError(404, f"A file of {exercise.key} is missing: {error}. Restore it.") from error


@routes.put(EXERCISE)
async def save(request: web.Request) -> web.Response:
    """Replace the learner's file, if its version still is the one that the page has seen."""
    context, exercise = _exercise_of(request)
    wanted = await read_body(request, Save)
    content, version = wanted.content, wanted.version
    document, _ = await _write(
        context, exercise, lambda: (workspace.save(exercise, content, version), None)
    )
    return json_response(Version(document.version))


@routes.post(EXERCISE + "/check")
async def check(request: web.Request) -> web.Response:
    """Start a check; its report goes over the websocket."""
    context, exercise = _exercise_of(request)
    context.session.check(exercise)
    return json_response({}, 202)


@routes.post(EXERCISE + "/hint")
async def hint(request: web.Request) -> web.Response:
    """Take one more hint for a check; return all that were taken."""
    context, exercise = _exercise_of(request)
    name = (await read_body(request, HintFor)).check
    question = next((q for q in exercise.questions if q.name == name), None)
    if question is None:
        raise ApiError(404, f'{exercise.key} has no check "{name[:80]}". Reload the page.')
    if question.hints:
        try:
            context.progress.take_hint(exercise, name, len(question.hints))
        except OSError as error:  # the hint comes all the same
            sentence = context.progress.write_error_sentence(error)
            context.broadcaster.send(NoticeEvent(key=exercise.key, message=sentence))
    taken = context.state.hints(exercise, name)
    return json_response(Hints(taken, len(question.hints) - len(taken)))


@routes.post(EXERCISE + "/solution")
async def solution(request: web.Request) -> web.Response:
    """Return the solution once the exercise has passed; else at the second request."""
    context, exercise = _exercise_of(request)
    request_solution = functools.partial(context.progress.request_solution, exercise)
    try:
        _write_progress(
            lambda: workspace.check_earned(exercise, context.progress, request_solution)
        )
    except workspace.UnearnedError as error:
        sentence = f"{error}; ask once more to see it all the same."
        raise ApiError(403, sentence, Unearned()) from error
    return json_response(Solution(state.solution_text(exercise)))


@routes.post(EXERCISE + "/reset")
async def reset(request: web.Request) -> web.Response:
    """Replace the learner's file by the original; keep a copy."""
    context, exercise = _exercise_of(request)
    version = (await read_body(request, Version)).version

    def work() -> Written:
        workspace.check_seen(exercise, version)
        copy = workspace.reset(exercise, context.progress)
        return workspace.read_document(exercise), copy

    return _replaced_response(*await _write(context, exercise, work))


@routes.post(EXERCISE + "/restore")
async def restore(request: web.Request) -> web.Response:
    """Replace the learner's file by a kept copy; keep a copy of what it held."""
    context, exercise = _exercise_of(request)
    name = (await read_body(request, Restore)).kept

    def work() -> Written:
        copy = workspace.restore(exercise, context.progress, name)
        return workspace.read_document(exercise), copy

    return _replaced_response(*await _write(context, exercise, work))


@routes.get("/progress")
async def download_progress(request: web.Request) -> web.Response:
    """Return progress and the learner's files as a ZIP archive."""
    context = request.app[CONTEXT]
    data = await asyncio.to_thread(workspace.pack, context.index.course, context.progress)
    headers = {"Cache-Control": "no-store", "Content-Disposition": DISPOSITION}
    return web.Response(body=data, content_type=ZIP, headers=headers)


@routes.post("/progress")
async def preview_progress(request: web.Request) -> web.Response:
    """Return what an archive would change; change nothing."""
    archive = await _read_archive(request)
    return json_response(await _in_thread(functools.partial(workspace.preview_import, archive)))


@routes.put("/progress")
async def upload_progress(request: web.Request) -> web.Response:
    """Take over an archive; keep copies of what is replaced."""
    context, archive = request.app[CONTEXT], await _read_archive(request)
    async with context.session.writing:
        change = await _in_thread(
            functools.partial(workspace.import_archive, archive, context.progress)
        )
    context.broadcaster.send(extended(StateEvent, context.course_state(), kind="progress"))
    return json_response(change)


async def _read_archive(request: web.Request) -> workspace.Archive:
    """Return the archive in a body: a ZIP, or (of an earlier course) JSON without files.

    Raises ApiError 400, 413 or 422.
    """
    try:
        if request.content_type == ZIP:
            course = request.app[CONTEXT].index.course
            return await asyncio.to_thread(workspace.unpack, await request.read(), course)
        return workspace.Archive(read_export(await read_json(request)))
    except ValueError as error:
        raise ApiError(
            422, f"This is no progress of this course: {error} Nothing was changed."
        ) from error


async def _in_thread(work: Callable[[], workspace.ImportPreview]) -> workspace.ImportPreview:
    """Run work on the learner's files in a thread; raises ApiError 409 or 422."""
    try:
        return await asyncio.to_thread(work)
    except CourseError as error:
        raise ApiError(422, f"{error} Nothing was changed.") from error
    except OSError as error:
        raise progress_unwritable(error) from error


@routes.get(APP)
async def get_app(request: web.Request) -> web.Response:
    """Return the state of an app."""
    return json_response(request.app[CONTEXT].apps.state_of(request.match_info["name"]))


@routes.put(APP)
async def start_app(request: web.Request) -> web.Response:
    """Start an app; return its state."""
    return json_response(await request.app[CONTEXT].apps.start(request.match_info["name"]))


@routes.delete(APP)
async def stop_app(request: web.Request) -> web.Response:
    """Stop an app; return its state."""
    return json_response(await request.app[CONTEXT].apps.stop(request.match_info["name"]))


def _exercise_of(request: web.Request) -> tuple[LiveContext, Exercise]:
    """Return the context and the exercise that the path names; raises ApiError 404."""
    context, at = request.app[CONTEXT], request.match_info
    exercise = context.index.exercise(at["step"], at["name"])
    if exercise is None:
        key = f"{at['step'][:40]}/{at['name'][:40]}"
        raise ApiError(404, f'There is no exercise "{key}". "python -m workshop list" shows all.')
    return context, exercise


async def _write(context: LiveContext, exercise: Exercise, work: Callable[[], Written]) -> Written:
    """Run work that writes a learner's file, one at a time, then have the file checked.

    Raises ApiError 409, 413 or 422.
    """
    async with context.session.writing:
        try:
            document, copy = await asyncio.to_thread(work)
        except workspace.ConflictError as error:
            now = error.now
            raise ApiError(409, str(error), Conflict(now.content, now.version)) from error
        except workspace.TooLargeError as error:
            raise ApiError(413, str(error)) from error
        except CourseError as error:
            raise ApiError(422, str(error)) from error
        context.session.saved(exercise, document)
    return document, copy


def _replaced_response(document: workspace.Document, copy: Path | None) -> web.Response:
    return json_response(Replaced(document.content, document.version, copy.name if copy else None))


def _write_progress(work: Callable[[], Done]) -> Done:
    """Run work that writes the progress; raises ApiError 409 when it cannot be written."""
    try:
        return work()
    except OSError as error:
        raise progress_unwritable(error) from error
