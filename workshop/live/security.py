"""Access control: middlewares that check host, token and origin, and the one-time codes.

The course writes files and runs code, and any page of the web can send requests to this machine.
Each guard stops attacks that the others let pass: workshop/tests/test_security.py has them.

The secret of a start is no cookie: a browser sends cookies to every port of a machine. A page
keeps it in the storage of its origin, which belongs to one port, and adds it to each request.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from aiohttp import hdrs, web

from workshop.live.content_policy import local_port
from workshop.live.json_api import ApiError, Handler, json_response, read_body
from workshop.live.messages import Code, Token

HOSTS = ("127.0.0.1", "localhost", "[::1]")
SAFE_METHODS = frozenset({"GET", "HEAD"})
"""Methods that change nothing (RFC 9110)."""
KEY_HEADER = "Workshop-Key"
"""Header with the token; no browser sends it by itself."""
SUBPROTOCOL = "workshop"
"""Subprotocol of the websocket."""
KEY_PREFIX = "key."
"""Begins the subprotocol that holds the token: a browser's websocket can set no header."""
OPEN_NEWEST = "Open the newest address that the course shows in its terminal."
CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters that a person does not confuse when typing."""
CODE_GROUPS, GROUP_LENGTH = 3, 5
"""A code has 15 letters: 74 bits."""
routes = web.RouteTableDef()


class OneTimeCodes:
    """The token of this start, and the codes that a browser can exchange for it, each once."""

    def __init__(self, token: str | None = None) -> None:
        self.token = token or secrets.token_urlsafe()
        self.on_redeemed: Callable[[str], None] = lambda code: None
        """Called with each code that was exchanged."""
        self._codes: set[str] = set()

    def issue(self, code: str | None = None) -> str:
        """Return a code that is valid until it is used."""
        made = code or "-".join(
            "".join(secrets.choice(CODE_LETTERS) for _ in range(GROUP_LENGTH))
            for _ in range(CODE_GROUPS)
        )
        self._codes.add(made)
        return made

    def redeem(self, code: str) -> str | None:
        """Return the token for a valid code, which is invalid from now on; else None."""
        typed = code.strip().lower()
        found = [one for one in self._codes if _equal(one, typed)]
        if not found:
            return None
        self._codes.difference_update(found)
        self.on_redeemed(found[0])
        return self.token

    def is_token(self, token: str) -> bool:
        """Whether this is the token."""
        return _equal(self.token, token)


def _equal(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(), other.encode("utf-8", "replace"))


CODES = web.AppKey("codes", OneTimeCodes)


@web.middleware
async def check_host(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a `Host` that is not this machine: a foreign name may resolve to it."""
    named = request.headers.getall(hdrs.HOST, [])
    allowed = {f"{host}:{local_port(request)}" for host in HOSTS}
    if len(named) != 1 or named[0].lower() not in allowed or request.host != named[0]:
        raise web.HTTPForbidden(text="This course is served to the machine that it runs on.")
    return await handler(request)


@web.middleware
async def check_token(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a request without the token."""
    if not _has_token(request):
        raise ApiError(403, f"This browser was not let in. {OPEN_NEWEST}")
    return await handler(request)


@web.middleware
async def check_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a request of another page, even one that has come to know the token."""
    origins = request.headers.getall(hdrs.ORIGIN, [])
    sites = request.headers.getall("Sec-Fetch-Site", [])
    own = origins == [f"http://{request.host}"] if origins else _may_omit_origin(request)
    if not own or len(sites) > 1 or not {"same-origin", "none"}.issuperset(sites):
        raise ApiError(403, f"Only a page of this course may do this. {OPEN_NEWEST}")
    return await handler(request)


@routes.post("/enter")
async def enter(request: web.Request) -> web.Response:
    """Return the token for a code; a page that has the token gets it and uses up no code."""
    codes = request.config_dict[CODES]
    code = (await read_body(request, Code)).code
    token = codes.token if _has_token(request) else codes.redeem(code)
    if token is None:
        raise ApiError(
            403,
            f"This address was used before, or is of another start of the course. {OPEN_NEWEST}",
        )
    return json_response(Token(token))


def _may_omit_origin(request: web.Request) -> bool:
    """Whether a request needs no Origin: one that changes nothing, or JSON from a program.

    A browser sends the origin with every change and every websocket.
    """
    if request.headers.get(hdrs.UPGRADE):
        return False
    return request.method in SAFE_METHODS or request.content_type == "application/json"


def _has_token(request: web.Request) -> bool:
    """Whether a request has the token, and no wrong one: in a header, or as a subprotocol."""
    tokens = request.headers.getall(KEY_HEADER, [])
    for line in request.headers.getall(hdrs.SEC_WEBSOCKET_PROTOCOL, []):
        protocols = (each.strip() for each in line.split(","))
        tokens += [
            each.removeprefix(KEY_PREFIX) for each in protocols if each.startswith(KEY_PREFIX)
        ]
    codes = request.config_dict[CODES]
    return bool(tokens) and all(codes.is_token(each) for each in tokens)


GUARDS = (check_host,)
"""Middlewares of the whole application."""
INNER_GUARDS = (check_token, check_origin)
"""Middlewares of /live/; /door/ has the last one alone."""
