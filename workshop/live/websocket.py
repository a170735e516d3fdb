"""The websocket: all that happens, to everyone who looks at the course."""

from __future__ import annotations

from aiohttp import WSMsgType, web

from workshop.live import security
from workshop.live.broadcast import Member
from workshop.live.context import ROOM, Classroom
from workshop.live.json_api import ApiError, parsed, structured
from workshop.live.messages import CourseEvent, ErrorEvent, PongEvent, Said, StateEvent, extended

routes = web.RouteTableDef()
HEARTBEAT = 20.0
"""Seconds between two questions whether the page is still there."""
LARGEST = 64 * 1024
"""Bytes of a message from the page."""


@routes.get("/socket")
async def socket(request: web.Request) -> web.WebSocketResponse:
    """First the state, then all that happens."""
    room = request.app[ROOM]
    response = web.WebSocketResponse(
        protocols=[security.SPOKEN], heartbeat=HEARTBEAT, max_msg_size=LARGEST, timeout=1.0
    )
    await response.prepare(request)
    member = Member(response, request.transport)
    try:
        member.take(extended(StateEvent, room.whole(), kind="state"))
        with room.audience.joined(member):
            async for message in response:
                text = message.data if message.type is WSMsgType.TEXT else None
                if reply := heard(room, text):
                    member.take(reply)
                await member.room()
    finally:
        await member.leave()
    return response


def heard(room: Classroom, text: str | None) -> CourseEvent | None:
    """Do what a message of the page asks for; return what to answer. None is no text at all."""
    if text is None:
        return _wrong("Only text is read here.")
    try:
        said = structured(parsed(text), Said)
    except ApiError as error:
        return _wrong(str(error))
    match said.kind:
        case "ping":
            return PongEvent()
        case "check" | "at":
            step, _, name = said.key.partition("/")
            exercise = room.catalogue.exercise(step, name)
            if exercise is None:
                return _wrong(f'There is no exercise "{said.key[:80]}".')
            if said.kind == "at":  # it is likely to be checked next
                room.lesson.turn_to(exercise)
            else:
                room.lesson.ask(exercise)
            return None  # everyone hears of it
    return _wrong(f'"{said.kind[:40]}" is no kind of message. Send "check", "at" or "ping".')


def _wrong(message: str) -> ErrorEvent:
    return ErrorEvent(message=message)
