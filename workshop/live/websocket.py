"""The websocket of the live course: events to the page, and the messages of the page."""

from __future__ import annotations

from aiohttp import WSMsgType, web

from workshop.live import security
from workshop.live.broadcast import Subscriber
from workshop.live.context import CONTEXT, LiveContext
from workshop.live.json_api import ApiError, parse_json, to_dataclass
from workshop.live.messages import (
    ClientMessage,
    CourseEvent,
    ErrorEvent,
    PongEvent,
    StateEvent,
    extended,
)

routes = web.RouteTableDef()
HEARTBEAT_SECONDS = 20.0
"""Seconds between two pings."""
MESSAGE_LIMIT = 64 * 1024
"""Bytes of a message from the page."""


@routes.get("/socket")
async def socket(request: web.Request) -> web.WebSocketResponse:
    """Send the state of the course, then every event, until the page disconnects."""
    context = request.app[CONTEXT]
    response = web.WebSocketResponse(
        protocols=[security.SUBPROTOCOL],
        heartbeat=HEARTBEAT_SECONDS,
        max_msg_size=MESSAGE_LIMIT,
        timeout=1.0,
    )
    await response.prepare(request)
    subscriber = Subscriber(response, request.transport)
    try:
        subscriber.send(extended(StateEvent, context.course_state(), kind="state"))
        with context.broadcaster.subscribed(subscriber):
            async for message in response:
                text = message.data if message.type is WSMsgType.TEXT else None
                if reply := handle_message(context, text):
                    subscriber.send(reply)
                await subscriber.drain()
    finally:
        await subscriber.stop()
    return response


def handle_message(context: LiveContext, text: str | None) -> CourseEvent | None:
    """Do what a message of the page asks for; return the reply. `text` is None for binary data."""
    if text is None:
        return _error("Only text is read here.")
    try:
        sent = to_dataclass(parse_json(text), ClientMessage)
    except ApiError as error:
        return _error(str(error))
    match sent.kind:
        case "ping":
            return PongEvent()
        case "check" | "at":
            step, _, name = sent.key.partition("/")
            exercise = context.index.exercise(step, name)
            if exercise is None:
                return _error(f'There is no exercise "{sent.key[:80]}".')
            if sent.kind == "at":  # it is likely to be checked next
                context.session.select(exercise)
            else:
                context.session.check(exercise)
            return None  # the events go to every page
    return _error(f'"{sent.kind[:40]}" is no kind of message. Send "check", "at" or "ping".')


def _error(message: str) -> ErrorEvent:
    return ErrorEvent(message=message)
