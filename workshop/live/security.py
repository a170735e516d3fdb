"""Who may come in: this machine's browser, which was invited, from a page of this course.

The course writes files and runs code. Any page of the web can send requests to this machine, so
each of the guards stands alone; see workshop/tests/test_door.py for what gets in without it.
"""

from __future__ import annotations

from aiohttp import hdrs, web

from workshop.live.json_api import ApiError, Handler, answer, body
from workshop.live.messages import Code, Token
from workshop.live.one_time_codes import Invitation

HOSTS = ("127.0.0.1", "localhost", "[::1]")
INVITATION = web.AppKey("invitation", Invitation)
LOOKS = frozenset({"GET", "HEAD"})
"""Methods that change nothing."""
KEY = "Workshop-Key"
"""Header with the token: no browser sends it by itself."""
SPOKEN = "workshop"
"""What is spoken over the websocket, as its subprotocol."""
CARRIED = "key."
"""Begins the subprotocol with the token: a websocket of a browser takes no other header."""
AGAIN = "Open the newest address that the course shows in its terminal."
routes = web.RouteTableDef()


def port(request: web.Request) -> int:
    """Return the port that a request came in by; 0 where whoever sent it has gone already."""
    transport = request.transport
    return int(transport.get_extra_info("sockname")[1]) if transport else 0


@web.middleware
async def only_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer only requests that name this machine: a foreign page may point its own name here."""
    named = request.headers.getall(hdrs.HOST, [])
    allowed = {f"{host}:{port(request)}" for host in HOSTS}
    if len(named) != 1 or named[0].lower() not in allowed or request.host != named[0]:
        raise web.HTTPForbidden(text="This course is served to the machine that it runs on.")
    return await handler(request)


@web.middleware
async def only_invited(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer only a page that has the token."""
    if not _invited(request):
        raise ApiError(403, f"This browser was not let in. {AGAIN}")
    return await handler(request)


@web.middleware
async def only_own(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer only pages of this course, whatever else has come to know the token."""
    origins = request.headers.getall(hdrs.ORIGIN, [])
    sites = request.headers.getall("Sec-Fetch-Site", [])
    own = origins == [f"http://{request.host}"] if origins else _without(request)
    if not own or len(sites) > 1 or not {"same-origin", "none"}.issuperset(sites):
        raise ApiError(403, f"Only a page of this course may do this. {AGAIN}")
    return await handler(request)


@routes.post("/enter")
async def enter(request: web.Request) -> web.Response:
    """Give the token for a code. A page that has it already gets it again, and keeps the code."""
    invitation = request.config_dict[INVITATION]
    code = (await body(request, Code)).code
    token = invitation.token if _invited(request) else invitation.accept(code)
    if token is None:
        raise ApiError(
            403, f"This address was used before, or is of another start of the course. {AGAIN}"
        )
    return answer(Token(token))


def _without(request: web.Request) -> bool:
    """Whether a request may come without an Origin: to look, or from a program with JSON.

    A browser names the origin of every change and of every websocket.
    """
    if request.headers.get(hdrs.UPGRADE):
        return False
    return request.method in LOOKS or request.content_type == "application/json"


def _invited(request: web.Request) -> bool:
    """Whether a request has the token, and no other: in a header, or as a websocket's protocol."""
    given = request.headers.getall(KEY, [])
    for line in request.headers.getall(hdrs.SEC_WEBSOCKET_PROTOCOL, []):
        spoken = (each.strip() for each in line.split(","))
        given += [each.removeprefix(CARRIED) for each in spoken if each.startswith(CARRIED)]
    invitation = request.config_dict[INVITATION]
    return bool(given) and all(invitation.right(each) for each in given)


GUARDS = (only_here,)
"""Around everything."""
INNER_GUARDS = (only_invited, only_own)
"""Around all that is alive; around the door itself the last one."""
