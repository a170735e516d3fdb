"""Regressions of an API: T5 to T8.

Every app with the decorator `fails_on` is broken on purpose: do not copy it.
"""

from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from .regression import POST, Blog, MiddlewareApp, regression
from .shelf import Shelf

SECRET = "the password of the database"


@regression(
    5,
    3,
    "step03_rest/read_post/wrong_id_as_text",
    "step03_rest/read_post/wrong_any_spelling",
    "step03_rest/index.md: `/api/posts/03` is a 404",
)
async def identity(blog: Blog) -> None:
    """The id is a number in one response and a string in another; a post has many URLs."""
    client = await blog.serve()
    made = await (await blog.send("POST", "/api/posts", json=POST)).json()
    read = await (await client.get(f"/api/posts/{made['id']}")).json()
    listed = (await (await client.get("/api/posts")).json())["posts"]
    kinds = {type(post["id"]).__name__ for post in [made, read, *listed]}
    assert kinds == {"int"}, f"the id is of these types: {kinds}"
    for path in "/api/posts/01", "/api/posts/1.0", "/api/posts/%201":
        status = (await client.get(path)).status
        assert status == 404, f"{path} is one more address of post 1"


@identity.fails_on("the id is of these types")
class IdAsText(Shelf):
    async def read(self, request: web.Request) -> web.Response:
        return web.json_response(self.find(request) | {"id": request.match_info["id"]})


@identity.fails_on("one more address of post 1")
class AnySpelling(Shelf):
    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/api/posts", self.listed)
        app.router.add_post("/api/posts", self.create)
        app.router.add_get("/api/posts/{id}", self.read)
        return app

    def find(self, request: web.Request) -> dict[str, Any]:
        return self.posts[int(float(request.match_info["id"]))]


@regression(
    6,
    3,
    "step03_rest/read_post/wrong_400",
    "step03_rest/read_post/wrong_own_shape",
)
async def missing(blog: Blog) -> None:
    """A missing post is a 400 in one handler and a 404 in another, in two formats."""
    await blog.serve()
    answers = [await blog.send(method, "/api/posts/99") for method in ("GET", "DELETE")]
    came = [answer.status for answer in answers]
    assert came == [404, 404], f"a missing post is {came} on GET and DELETE"
    shapes = [sorted(await answer.json()) for answer in answers]
    assert shapes == [["error"], ["error"]], f"the error has the fields {shapes}"


@missing.fails_on(r"a missing post is \[400, 404\]")
class MissingIs400(Shelf):
    async def read(self, request: web.Request) -> web.Response:
        try:
            return await super().read(request)
        except web.HTTPNotFound as error:
            raise web.HTTPBadRequest(text=error.text) from None


@missing.fails_on("the error has the fields")
class TwoShapes(Shelf):
    async def delete(self, request: web.Request) -> web.Response:
        try:
            return await super().delete(request)
        except web.HTTPNotFound:
            return web.json_response({"message": "no such post"}, status=404)


@regression(
    7,
    3,
    "step03_rest/index.md: a 413 becomes a 400",
    "step06_middlewares/error_pages/wrong_leaks",
    "step06_middlewares/error_pages/wrong_nothing_logged",
)
async def catch_all(blog: Blog) -> None:
    """Every exception becomes a 400 with its text, a 413 too, and nothing is logged."""

    async def oops(request: web.Request) -> web.Response:
        raise LookupError(SECRET)

    async def large(request: web.Request) -> web.Response:
        raise web.HTTPRequestEntityTooLarge(1, 2)

    client = await blog.serve(web.get("/api/oops", oops), web.get("/api/large", large))
    answer = await client.get("/api/oops")
    assert SECRET not in await answer.text(), "the text of the exception leaked"
    assert answer.status == 500, f"our own mistake is a {answer.status}"
    assert any(line.exc_info for line in blog.log.records), "nothing was logged"
    assert (await client.get("/api/large")).status == 413, "a 413 became something else"


@catch_all.fails_on("leaked")
@MiddlewareApp
async def tells_all(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Exception as error:
        return web.json_response({"error": str(error)}, status=400)


@catch_all.fails_on("our own mistake is a 400")
@MiddlewareApp
async def blames_the_client(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Exception:
        return web.json_response({"error": "bad request"}, status=400)


@catch_all.fails_on("nothing was logged")
@MiddlewareApp
async def keeps_quiet(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Exception as error:
        return web.Response(status=getattr(error, "status", 500))


@catch_all.fails_on("a 413 became")
@MiddlewareApp
async def knows_no_status(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Exception:
        request.app.logger.exception("failed")
        return web.Response(status=500)


@regression(
    8,
    3,
    "step03_rest/create_post/wrong_nulls_stored",
    "step03_rest/create_post/wrong_no_location",
    "step03_rest/pages_of_list/wrong_unordered",
    "step03_rest/pages_of_list/wrong_no_greatest_limit",
)
async def stored_as_it_came(blog: Blog) -> None:
    """Nulls and numbers are stored, create is a 200, the list has no limit and no order."""
    client = await blog.serve()
    for value in None, 5, ["On loops"]:
        answer = await blog.send("POST", "/api/posts", json=POST | {"title": value})
        assert 400 <= answer.status < 500, f"a title {value!r} was stored"
    answer = await blog.send("POST", "/api/posts", json=POST)
    assert answer.status == 201, f"a new post is a {answer.status}"
    assert "Location" in answer.headers, "nobody says where the new post is"
    assert (await client.get(answer.headers["Location"])).status == 200
    posts = (await (await client.get("/api/posts")).json())["posts"]
    assert [post["id"] for post in posts] == [1, 2, 3], "the list has no order"
    assert (await client.get("/api/posts?limit=1000000")).status == 400, "the list has no end"


@stored_as_it_came.fails_on("a title None was stored")
class StoresNulls(Shelf):
    async def create(self, request: web.Request) -> web.Response:
        return web.json_response(self.keep(await request.json()), status=201)


@stored_as_it_came.fails_on("a new post is a 200")
class CreatedIs200(Shelf):
    async def create(self, request: web.Request) -> web.Response:
        await super().create(request)
        return web.json_response(self.posts[len(self.posts)])


@stored_as_it_came.fails_on("where the new post is")
class NoLocation(Shelf):
    async def create(self, request: web.Request) -> web.Response:
        await super().create(request)
        return web.json_response(self.posts[len(self.posts)], status=201)


@stored_as_it_came.fails_on("the list has no order")
class NoOrder(Shelf):
    async def listed(self, request: web.Request) -> web.Response:
        return web.json_response({"posts": list(reversed(self.posts.values()))})


@stored_as_it_came.fails_on("the list has no end")
class NoEnd(Shelf):
    async def listed(self, request: web.Request) -> web.Response:
        return web.json_response({"posts": list(self.posts.values())})


for harmless in identity, missing, stored_as_it_came:
    harmless.passes_on(Shelf)
