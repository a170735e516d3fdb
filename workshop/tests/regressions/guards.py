"""Regressions of login guards: T30, N4.

Every app with the decorator `fails_on` is broken on purpose: do not copy it.
"""

import functools
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from .club import Club
from .regression import Blog, regression


@regression(
    30,
    7,
    "step07_sessions/index.md: the bare function",
    "step07_sessions/owners_only/wrong_wrapper",
    "step07_sessions/owners_only/wrong_functions_only",
)
async def lost_mark(blog: Blog) -> None:
    """A guard in the wrong order of decorators, or on a class, does not protect the handler."""

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


@lost_mark.fails_on("GET /below is open to anybody: 200")
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


@lost_mark.fails_on("POST /method is open to anybody: 200")
class MissesViews(Club):
    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if hasattr(request.match_info.handler, "members_only") and not self.user(request):
            raise web.HTTPSeeOther("/login")
        return await handler(request)


lost_mark.passes_on(Club)


@regression(4, 7, "step07_sessions/index.md: forget a mark", family="N")
async def open_by_default(blog: Blog) -> None:
    """A handler without the mark of the guard, lost or forgotten, is open to everybody."""

    def bare(handler: Any) -> Any:
        async def wrapper(*args: Any) -> Any:
            return await handler(*args)

        return wrapper

    async def hello(request: web.Request) -> web.Response:
        return web.Response(text="the members' page")

    async def welcome(request: web.Request) -> web.Response:
        return web.Response(text="a page for all, unless it is sent something")

    class View(web.View):
        async def get(self) -> web.Response:
            return await hello(self.request)

    app = blog.make()
    members = blog.part("login").require_login
    app.add_routes(
        [
            web.get("/bare", bare(members(hello))),
            web.get("/partial", functools.partial(members(hello))),
            web.get("/view", bare(members(View))),
            web.post("/forgotten", welcome),
            web.get("/read", welcome),
        ]
    )
    await blog.run(app, user="")
    closed = "GET /bare", "GET /partial", "GET /view", "POST /forgotten"
    for line in closed:
        status = (await blog.send(*line.split())).status
        assert status == 303, f"{line} is open to anybody: {status}"
    assert (await blog.send("GET", "/read")).status == 200
    await blog.log_in("Ada")
    for line in closed:
        status = (await blog.send(*line.split())).status
        assert status == 200, f"{line} is closed to Ada: {status}"


class ClosedClub(Club):
    def require_login(self, handler: Any) -> Any:
        async def closed(*args: Any) -> Any:
            asked = args[-1]
            self.ask(asked.request if isinstance(asked, web.View) else asked)
            return await handler(*args)

        if not isinstance(handler, type):
            return closed
        made: Any = type(handler.__name__, (handler,), {})
        made.get = self.require_login(handler.get)  # type: ignore[attr-defined]
        return made

    def ask(self, request: web.Request) -> None:
        if not self.user(request):
            raise web.HTTPSeeOther("/login")

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.method == "POST" and request.path not in {"/login", "/logout"}:
            self.ask(request)
        return await handler(request)


@open_by_default.fails_on("GET /bare is open to anybody: 200")
class LosesItsMark(Club):
    pass


@open_by_default.fails_on("POST /forgotten is open to anybody: 200")
class OpenUnlessMarked(ClosedClub):
    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        return await handler(request)


open_by_default.passes_on(ClosedClub)
