"""Open to owners only.

Everybody may read a post; `POST /posts` and `PUT /posts/1` are for users.
`require_login` marks what is theirs: a function, a view, or a method of a view.
The middleware `guard` looks for the mark, and who has no token gets a 401 that says how to log in:
`WWW-Authenticate: Bearer`.
A new post belongs to the user who sends it, whatever the JSON says.
Only its owner changes it; for another user it is a 403, and a post that is not there a 404.
"""

import functools

import pytest
from aiohttp import web

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=3, minutes=12, when="home")

ADA = {"Authorization": "Bearer loom"}
GRACE = {"Authorization": "Bearer moth"}
STRANGERS = ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic loom"})


CLAIMED = cause(
    what="What the JSON says of its owner was believed.",
    do="Take the user from the token, with `user_of(request)`, and let the JSON say nothing of it.",
)
CHANGED_FIRST = cause(
    what="The post had changed before its owner was asked for.",
    do="`await` or call `own_post(request)` first: it raises, and nothing below it is done.",
)


async def read(client, number):
    """Return owner and text of a post."""
    response = await client.get(f"/posts/{number}")
    assert response.status == 200, cause(
        401,
        what="Everybody may read a post, and this asks for a login.",
        do="Ask for one only where there is a mark; put it on `put`, not on the whole view.",
    )
    post = await response.json()
    return post["owner"], post["text"]


def plain(handler):
    """Decorate a handler as many libraries do: the result is another function."""

    @functools.wraps(handler)
    async def wrapper(*args):
        return await handler(*args)

    return wrapper


async def hello(request):
    """Answer whoever comes this far."""
    return web.Response(text="hello")


async def welcome(request):
    """Answer anybody."""
    return web.Response(text="welcome")


@pytest.mark.hint(
    "Two TODOs lead here: the mark above `put`, as it stands above `create`, and the guard.",
    "`request.match_info.handler` is what the route leads to; `hasattr(…, MARK)` finds the mark.",
    "A view has its mark on a method: `getattr(handler, request.method.lower(), None)`.",
    '`raise web.HTTPUnauthorized(headers={"WWW-Authenticate": "Bearer"})`',
)
async def test_nobody_writes(client):
    """Without a user's token POST and PUT are a 401 that asks for one, and nothing changes."""
    for headers in STRANGERS:
        for method, path in ("POST", "/posts"), ("PUT", "/posts/1"), ("PUT", "/posts/99"):
            data = {"text": "Mine", "owner": "Ada"}
            response = await client.request(method, path, json=data, headers=headers)
            came = response.status
            assert came == 401, (
                f"For nobody, {method} {path} must be a 401, not {came}."
                | cause(
                    when=path == "/posts" and came != 403,
                    what="The guard let somebody through whom it does not know.",
                    do="Look for MARK on `request.match_info.handler`; raise the 401 before the"
                    " handler is called.",
                )
                | cause(
                    when=path == "/posts",
                    what="403 says: I know you, and no. This one is not known.",
                    do='Raise `web.HTTPUnauthorized(headers={"WWW-Authenticate": "Bearer"})`.',
                )
                | cause(
                    what="The method `put` was reached without a login: it has no mark, or the"
                    " guard does not look at methods.",
                    do="Write `@require_login` above it, and look for MARK on"
                    " `getattr(handler, request.method.lower(), None)` too.",
                )
            )
            came = response.headers.get("WWW-Authenticate")
            assert came == "Bearer", "A 401 says how to log in: WWW-Authenticate: Bearer." | cause(
                what="A program cannot know what to send.",
                do='Give the exception `headers={"WWW-Authenticate": "Bearer"}`.',
            )
    assert await read(client, 1) == ("Ada", "It weaves.")
    assert (await client.get("/posts/3")).status == 404, "The post was made all the same."


@pytest.mark.hint(
    "Who sends a request is known from the token; what the JSON says of it anybody can write.",
    '`{"owner": user_of(request), …}`',
)
async def test_owner_is_the_user(client):
    """A new post belongs to the user, whatever owner the JSON names."""
    for number, headers, name in (3, ADA, "Ada"), (4, GRACE, "Grace"):
        data = {"text": "On loops", "owner": "Charles"}
        response = await client.post("/posts", json=data, headers=headers)
        assert response.status == 201
        assert await read(client, number) == (name, "On loops"), CLAIMED


@pytest.mark.hint(
    "Who owns it may go on: `own_post` returns the post.",
    '`if post["owner"] == user_of(request): return post`',
)
async def test_owner_changes(client):
    """Ada changes her post, and Grace hers."""
    for number, headers, name in (1, ADA, "Ada"), (2, GRACE, "Grace"):
        response = await client.put(f"/posts/{number}", json={"text": "New"}, headers=headers)
        assert response.status == 200
        assert await read(client, number) == (name, "New")


@pytest.mark.hint(
    "401 is: I do not know you. 403 is: I know you, and no.",
    "`raise web.HTTPForbidden(text=…)`, and before the post is changed.",
)
async def test_others_do_not(client):
    """Another's post is a 403, and stays as it is, whatever owner the JSON names."""
    for number, headers, name in (1, GRACE, "Ada"), (2, ADA, "Grace"):
        data = {"text": "Mine", "owner": name}
        response = await client.put(f"/posts/{number}", json=data, headers=headers)
        assert response.status == 403, cause(
            200,
            what="Somebody changed the post of another user.",
            do='Compare what is kept with the token: `post["owner"] == user_of(request)`; raise'
            " `web.HTTPForbidden` otherwise.",
        )
    assert await read(client, 1) == ("Ada", "It weaves."), CHANGED_FIRST
    assert await read(client, 2) == ("Grace", "The first bug found.")


@pytest.mark.hint(
    "`request.app[POSTS].get(int(…))` is the post, or None when there is none.",
    "`if post is None: raise web.HTTPNotFound(text=…)`",
)
async def test_missing(client):
    """For a user, a post that is not there is a 404."""
    response = await client.put("/posts/99", json={"text": "New"}, headers=ADA)
    assert response.status == 404


@pytest.mark.hint(
    "`match_info.handler` is a function, or the class of a view: look at it, and at its method.",
    "`getattr(handler, request.method.lower(), None)` is the method; a function has none.",
    "A `require_login` that returns another function is lost above a route: mark, and return it.",
)
async def test_wherever_it_stands(exercise, aiohttp_client):
    """Functions, methods and views are closed, wherever among the decorators it stands."""
    mark = exercise.require_login

    class View(web.View):
        async def get(self):
            return web.Response(text="hello")

        @plain
        @mark
        async def post(self):
            return web.Response(text="hello")

    @mark
    class Closed(View):
        pass

    app, routes = exercise.create_app(), web.RouteTableDef()
    routes.get("/below")(plain(mark(plain(hello))))
    routes.get("/above")(mark(plain(hello)))
    mark(routes.get("/route")(plain(hello)))
    app.add_routes([*routes, web.get("/open", welcome)])
    app.add_routes([web.view("/view", View), web.view("/closed", Closed)])
    client = await aiohttp_client(app)
    where = {
        "GET /below": "below another decorator",
        "GET /above": "above another decorator",
        "GET /route": "above the route",
        "POST /view": "on a method of a view",
        "GET /closed": "on a view",
        "POST /closed": "on a view",
    }
    for line, place in where.items():
        response = await client.request(*line.split())
        assert response.status == 401, (
            f"{line} has its mark {place}: for nobody it must be a 401."
            | cause(
                when="method of a view" in place,
                what="The guard does not look at the methods of a view.",
                do="Look for MARK on `getattr(handler, request.method.lower(), None)` too.",
            )
            | cause(
                when="on a view" in place,
                what="The guard does not look at the view itself.",
                do="Look for MARK on `request.match_info.handler` too.",
            )
            | cause(
                what="The mark is not on what the route leads to.",
                do="Let `require_login` put MARK on the handler and return the same one; the guard"
                " looks for it on `request.match_info.handler`.",
            )
        )
        response = await client.request(*line.split(), headers=ADA)
        assert response.status == 200, f"{line} has its mark {place}: Ada must get in."
    for path in "/open", "/view", "/posts/1":
        response = await client.get(path)
        assert response.status == 200, f"GET {path} has no mark: everybody must get in."
    assert (await client.get("/nowhere")).status == 404
