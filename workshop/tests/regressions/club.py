"""A sound app with logins, and one whose session is readable in the cookie."""

import json
import secrets
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, unquote

from aiohttp import web
from aiohttp.typedefs import Handler

from .regression import PASSWORD

R = TypeVar("R", web.Response, web.HTTPSeeOther)
FORM = '<form method="post"><input type="hidden" name="csrf" value="{}"></form>'


class Club:
    """A sound app with logins in memory; a broken app overrides one method."""

    def __init__(self, data: Path) -> None:
        self.sessions: dict[str, dict[str, str]] = {}
        self.owners = {"1": "Ada", "2": "Grace"}

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self.guard])
        app.router.add_get("/", self.front)
        app.router.add_get("/login", self.login_form)
        app.router.add_post("/login", self.login)
        app.router.add_post("/logout", self.logout)
        app.router.add_post("/{id:[12]}/delete", self.delete)
        return app

    def session(self, request: web.Request) -> dict[str, str]:
        return self.sessions.get(request.cookies.get("blog", ""), {})

    def user(self, request: web.Request) -> str | None:
        return self.session(request).get("name")

    def begin(self, response: R, **values: str) -> R:
        cookie, csrf = secrets.token_urlsafe(), secrets.token_urlsafe()
        self.sessions[cookie] = {"csrf": csrf, **values}
        response.set_cookie("blog", cookie, httponly=True, samesite="Lax")
        return response

    def fits(self, password: object) -> bool:
        return password == PASSWORD

    def owns(self, request: web.Request) -> bool:
        return self.user(request) == self.owners[request.match_info["id"]]

    async def check(self, request: web.Request) -> None:
        if (await request.post()).get("csrf") != self.session(request).get("csrf"):
            raise web.HTTPForbidden

    async def front(self, request: web.Request) -> web.Response:
        user = self.user(request)
        return web.Response(text=f"Log out {user}" if user else "Log in")

    async def login_form(self, request: web.Request) -> web.StreamResponse:
        session = self.session(request)
        response = web.Response()
        if not session:
            self.begin(response)
            session = list(self.sessions.values())[-1]
        response.text = FORM.format(session["csrf"])
        return response

    async def login(self, request: web.Request) -> web.StreamResponse:
        await self.check(request)
        form = await request.post()
        if not self.fits(form.get("password")):
            raise web.HTTPUnauthorized
        raise self.begin(web.HTTPSeeOther("/"), name=str(form["name"]))

    async def logout(self, request: web.Request) -> web.StreamResponse:
        self.session(request).clear()
        raise web.HTTPSeeOther("/")

    async def delete(self, request: web.Request) -> web.StreamResponse:
        await self.check(request)
        if not self.owns(request):
            raise web.HTTPForbidden
        raise web.HTTPSeeOther("/")

    def require_login(self, handler: Any) -> Any:
        handler.members_only = True
        return handler

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        wanted = request.match_info.handler
        method = getattr(wanted, request.method.lower(), None)
        marked = hasattr(wanted, "members_only") or hasattr(method, "members_only")
        if marked and not self.user(request):
            raise web.HTTPSeeOther("/login")
        return await handler(request)


class JsonCookie(Club):
    """Keeps the session in the cookie."""

    def write(self, values: dict[str, str]) -> str:
        return quote(json.dumps(values))

    def read(self, cookie: str) -> dict[str, str]:
        try:
            return dict(json.loads(unquote(cookie)))
        except ValueError:
            return {}

    def session(self, request: web.Request) -> dict[str, str]:
        return self.read(request.cookies.get("blog", ""))

    def begin(self, response: R, **values: str) -> R:
        self.sessions["last"] = {"csrf": "x", **values}
        cookie = self.write(self.sessions["last"])
        response.set_cookie("blog", cookie, httponly=True, samesite="Lax")
        return response
