"""Who may come in: this machine's browser, which was invited, from a page of this course.

The course writes files and runs code. Any page of the web can send requests to this machine, so
each of the guards stands alone; see workshop/tests/test_door.py for what gets in without it.
"""

from __future__ import annotations

import secrets

from aiohttp import hdrs, web

from workshop.live.answers import ApiError, Handler

HOSTS = ("127.0.0.1", "localhost", "[::1]")
TOKEN = web.AppKey("token", str)
LOOKS = frozenset({"GET", "HEAD"})
"""Methods that change nothing."""
OPEN = "workshop_live"
"""Cookie that scripts can read: this browser was let in."""
AGAIN = "Open the address that the course printed in its terminal."


def port(request: web.Request) -> int:
    """Return the port that a request came in by."""
    assert request.transport
    return int(request.transport.get_extra_info("sockname")[1])


def cookie(request: web.Request) -> str:
    """Return the name of the cookie with the token: a machine may have two courses open."""
    return f"workshop_token_{port(request)}"


@web.middleware
async def only_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer only requests that name this machine: a foreign page may point its own name here."""
    named = request.headers.getall(hdrs.HOST, [])
    allowed = {f"{host}:{port(request)}" for host in HOSTS}
    if len(named) != 1 or named[0].lower() not in allowed or request.host != named[0]:
        raise web.HTTPForbidden(text="This course is served to the machine that it runs on.")
    return await handler(request)


@web.middleware
async def invite(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let the browser in that comes with the token, and take the token out of its address."""
    given = request.query.getall("token", [])
    if not given or request.method != "GET" or request.path.startswith("/live/"):
        return await handler(request)
    if len(given) != 1 or not _right(request, given[0]):
        raise web.HTTPForbidden(text=f"This address is of another start of the course. {AGAIN}")
    rest = request.rel_url.without_query_params("token")
    response = web.HTTPSeeOther("/" + str(rest).lstrip("/\\"))
    response.headers["Cache-Control"] = "no-store"
    # Cookies do not know ports: for every path, the token would go to each app in a frame.
    response.set_cookie(cookie(request), given[0], httponly=True, samesite="Strict", path="/live/")
    response.set_cookie(OPEN, "1", samesite="Strict", path="/")
    raise response


@web.middleware
async def only_invited(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer only a browser that has the token."""
    if not _right(request, request.cookies.get(cookie(request), "")):
        raise ApiError(403, f"This browser was not let in. {AGAIN}")
    return await handler(request)


@web.middleware
async def only_own(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer only pages of this course: cookies come along whoever asks."""
    origin = request.headers.get(hdrs.ORIGIN)
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    own = origin == f"http://{request.host}" if origin is not None else _without(request)
    if not own or site not in {"same-origin", "none"}:
        raise ApiError(403, f"Only a page of this course may do this. {AGAIN}")
    return await handler(request)


def _without(request: web.Request) -> bool:
    """Whether a request may come without an Origin: to look, or from a program with JSON.

    A browser names the origin of every change and of every websocket.
    """
    if request.headers.get(hdrs.UPGRADE):
        return False
    return request.method in LOOKS or request.content_type == "application/json"


def _right(request: web.Request, given: str) -> bool:
    token = request.config_dict[TOKEN]
    return secrets.compare_digest(given.encode("utf-8", "replace"), token.encode())


GUARDS = (only_here, invite)
"""Around everything."""
INNER_GUARDS = (only_invited, only_own)
"""Around all that is alive."""
