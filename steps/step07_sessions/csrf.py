"""Forms that only our own pages can send: two locks, each of which would do."""

import hmac
import secrets
from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Handler
from aiohttp_session import Session, get_session
from yarl import URL

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def origin_of(address: str) -> str:
    """Return the origin as browsers write it: small letters, no port that goes without saying."""
    try:
        return str(URL(address).origin())
    except ValueError:  # "null", for one: the browser will not say
        return ""


@web.middleware
async def check_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what another site makes a browser send; the browser says where it comes from.

    Where a proxy speaks https for us, we may not know: the same host by https is always ours.
    """
    ours = {origin_of(f"{scheme}://{request.host}") for scheme in (request.scheme, "https")}
    origins = {origin_of(sent) for sent in request.headers.getall("Origin", [])}
    if request.method not in SAFE_METHODS and not origins <= ours - {""}:
        raise web.HTTPForbidden(text="This was sent by a page of another site")
    return await handler(request)


def token_of(session: Session) -> str:
    """Return the secret that our forms carry, made when the first one is shown."""
    if "csrf" not in session:
        session["csrf"] = secrets.token_urlsafe(32)
    return str(session["csrf"])


async def check_token(request: web.Request, form: Mapping[str, object]) -> None:
    """Refuse a form that was not made by a page of ours for this visitor."""
    sent = str(form.get("csrf", "")).encode(errors="replace")
    if not hmac.compare_digest(sent, token_of(await get_session(request)).encode()):
        raise web.HTTPForbidden(text="This form is out of date: go back, reload, send it again")
