"""The API of the learner's progress and of the running apps."""

from __future__ import annotations

from aiohttp import web

from workshop.live.answers import ApiError, answer, read, unwritten
from workshop.live.classroom import ROOM

routes = web.RouteTableDef()
APP = "/apps/{name:.+}"


@routes.get("/progress")
async def handed(request: web.Request) -> web.Response:
    """Progress as a file to take along."""
    response = answer(request.app[ROOM].progress.handed())
    response.headers["Content-Disposition"] = 'attachment; filename="aiohttp-workshop.json"'
    return response


@routes.put("/progress")
async def take_over(request: web.Request) -> web.Response:
    """Progress from such a file; what was there is kept beside."""
    room, data = request.app[ROOM], await read(request)
    try:
        count = room.progress.take_over(data)
    except ValueError as error:
        raise ApiError(
            422, f"This is no progress of this course: {error} Nothing was changed."
        ) from error
    except OSError as error:
        raise unwritten(error) from error
    room.audience.tell({"kind": "progress", **room.state.whole()})
    return answer({"exercises": count})


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
