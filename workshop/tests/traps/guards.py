"""A trap of those who ask for a login: T30.

Every app below a `caught` is broken on purpose: do not copy from it.
"""

import functools
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from .club import Club
from .trap import Blog, trap


@trap(
    30,
    7,
    "step07_sessions/index.md: the bare function",
    "step07_sessions/owners_only/wrong_wrapper",
    "step07_sessions/owners_only/wrong_functions_only",
)
async def lost_mark(blog: Blog) -> None:
    """Who forgets the order of the decorators, or writes a class, leaves the handler open."""

    def logged(handler: Any) -> Any:
        @functools.wraps(handler)
        async def wrapper(*args: Any) -> Any:
            return await handler(*args)

        return wrapper

    async def hello(request: web.Request) -> web.Response:
        return web.Response(text="the members' page")

    def members(handler: Any) -> Any:
        return blog.part("login").require_login(handler)

    class View(web.View):
        async def get(self) -> web.Response:
            return await hello(self.request)

        post = members(logged(get))

    class Closed(View):
        pass

    app = await blog.serve(
        web.get("/above", members(logged(hello))),
        web.get("/below", logged(members(hello))),
        web.view("/method", View),
        web.view("/class", members(Closed)),
        user="",
    )
    assert app
    for line in "GET /above", "GET /below", "POST /method", "GET /class":
        status = (await blog.send(*line.split())).status
        assert status == 303, f"{line} is open to anybody: {status}"
    assert (await blog.send("GET", "/method")).status == 200


@lost_mark.caught("GET /below is open to anybody: 200")
class KnowsHandlersByIdentity(Club):
    marked: tuple[Any, ...] = ()

    def require_login(self, handler: Any) -> Any:
        self.marked += (handler,)
        return handler

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.match_info.handler in self.marked and not self.user(request):
            raise web.HTTPSeeOther("/login")
        return await handler(request)


@lost_mark.caught("POST /method is open to anybody: 200")
class MissesViews(Club):
    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if hasattr(request.match_info.handler, "members_only") and not self.user(request):
            raise web.HTTPSeeOther("/login")
        return await handler(request)


lost_mark.without(Club)
