"""Every user has a number that grows with the click; sessions of an older number are over."""

import logging
import os
import secrets

from aiohttp import web
from aiohttp_session import (
    AbstractStorage,
    Session,
    SessionData,
    get_session,
    new_session,
    session_middleware,
)

from steps.step07_sessions.csrf import check_origin

log = logging.getLogger(__name__)

CODES = web.AppKey("codes", dict[str, str])
"""Who signs in with which code."""


class Lockers(AbstractStorage):
    """Keeps what is in the sessions; a browser gets a token for its own, and nothing else."""

    def __init__(self) -> None:
        super().__init__(cookie_name="token", httponly=True, samesite="Lax")
        self._kept: dict[str, SessionData] = {}
        self._number: dict[str, int] = {}

    async def load_session(self, request: web.Request) -> Session:
        """Return the session whose token the browser has; for any other cookie, a new one."""
        token = self.load_cookie(request) or ""
        data = self._kept.get(token)
        if data is None or self._over(data):
            return await self.new_session()
        return Session(token, data=data, new=False)

    def _over(self, data: SessionData) -> bool:
        values = data["session"]
        return bool(values.get("number", 0) < self._number.get(values.get("user", ""), 0))

    async def save_session(
        self, request: web.Request, response: web.StreamResponse, session: Session
    ) -> None:
        """Keep a session that has changed; an empty one ends."""
        old = self.load_cookie(request) or ""
        if session.new and "user" in session:
            session["number"] = self._number.get(session["user"], 0)
        token = secrets.token_urlsafe(32) if session.new else old
        if session.new or session.empty:
            self._kept.pop(old, None)
        if session.empty:
            self.save_cookie(response, "")
        else:
            self._kept[token] = self._get_session_data(session)
            self.save_cookie(response, token)

    def forget(self, user: str) -> None:
        """End every session of this user."""
        self._number[user] = self._number.get(user, 0) + 1


LOCKERS = web.AppKey("lockers", Lockers)


async def show(request: web.Request) -> web.Response:
    """Answer who is there, and with the note of this session."""
    session = await get_session(request)
    return web.json_response({"user": session.get("user"), "note": session.get("note")})


async def sign_in(request: web.Request) -> web.Response:
    """Take a code, and keep in a new session whose it is."""
    user = request.app[CODES].get(str((await request.post()).get("code")))
    if user is None:
        raise web.HTTPForbidden(text="Nobody has this code")
    session = await new_session(request)
    session["user"] = user
    return web.json_response({"user": user})


async def write(request: web.Request) -> web.Response:
    """Keep a note in the session."""
    session = await get_session(request)
    session["note"] = str((await request.post()).get("note"))
    return web.json_response({"note": session["note"]})


async def sign_out(request: web.Request) -> web.Response:
    """End this session."""
    session = await get_session(request)
    session.invalidate()
    return web.json_response({"user": None})


async def sign_out_everywhere(request: web.Request) -> web.Response:
    """End this session, and all others of the same user."""
    session = await get_session(request)
    if "user" not in session:
        raise web.HTTPForbidden(text="Sign in first")
    request.app[LOCKERS].forget(session["user"])
    session.invalidate()
    return web.json_response({"user": None})


def create_app() -> web.Application:
    """Make the application, with a code for each user."""
    lockers = Lockers()
    app = web.Application(middlewares=[session_middleware(lockers), check_origin])
    app[LOCKERS] = lockers
    app[CODES] = {secrets.token_hex(8): name for name in ("Ada", "Grace")}
    app.add_routes([web.get("/", show), web.post("/note", write), web.post("/sign-in", sign_in)])
    app.add_routes([web.post("/sign-out", sign_out)])
    app.add_routes([web.post("/sign-out-everywhere", sign_out_everywhere)])
    return app


def main() -> None:
    """Serve the notebook on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    app = create_app()
    for code, name in app[CODES].items():
        log.info("%s signs in with the code %s", name, code)
    web.run_app(app, host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
