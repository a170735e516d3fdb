"""Who may come in: this machine's browser, which was invited, from a page of this course.

The course writes files and runs code. Any page of the web can send requests to this machine, so
each of the guards stands alone; see workshop/tests/test_security.py for what gets in without it.

The secret of a start is no cookie: a browser sends cookies to every port of a machine. A page
keeps it in the storage of its origin, which belongs to one port, and adds it to each request.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from aiohttp import hdrs, web

from workshop.live.content_policy import port
from workshop.live.json_api import ApiError, Handler, answer, body
from workshop.live.messages import Code, Token

HOSTS = ("127.0.0.1", "localhost", "[::1]")
LOOKS = frozenset({"GET", "HEAD"})
"""Methods that change nothing."""
KEY = "Workshop-Key"
"""Header with the token: no browser sends it by itself."""
SPOKEN = "workshop"
"""What is spoken over the websocket, as its subprotocol."""
CARRIED = "key."
"""Begins the subprotocol with the token: a websocket of a browser takes no other header."""
AGAIN = "Open the newest address that the course shows in its terminal."
CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None of them is taken for another when a person types them."""
GROUPS, GROUP = 3, 5
"""A code has 15 letters: 74 bits."""
routes = web.RouteTableDef()


class Invitation:
    """Who has the token belongs here; who has a code gets the token for it, once."""

    def __init__(self, token: str | None = None) -> None:
        self.token = token or secrets.token_urlsafe()
        self.spent: Callable[[str], None] = lambda code: None
        """Called with a code that has just been used."""
        self._codes: set[str] = set()

    def offer(self, code: str | None = None) -> str:
        """Return a code that counts from now on, until it is used."""
        made = code or "-".join(
            "".join(secrets.choice(CODE_LETTERS) for _ in range(GROUP)) for _ in range(GROUPS)
        )
        self._codes.add(made)
        return made

    def accept(self, code: str) -> str | None:
        """Return the token for a code, which counts no more; None for any other word."""
        given = code.strip().lower()
        found = [one for one in self._codes if _same(one, given)]
        if not found:
            return None
        self._codes.difference_update(found)
        self.spent(found[0])
        return self.token

    def right(self, token: str) -> bool:
        """Whether this is the token."""
        return _same(self.token, token)


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(), other.encode("utf-8", "replace"))


INVITATION = web.AppKey("invitation", Invitation)


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
