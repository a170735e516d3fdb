"""The 401 does not say how to log in.

check: test_nobody_writes
says: WWW-Authenticate: Bearer
"""

import logging
import os
from typing import TypeVar

from aiohttp import web
from aiohttp.typedefs import Handler

from steps.step07_sessions.parsing import read_json

TOKENS = {"loom": "Ada", "moth": "Grace"}
"""Who sends which token: `Authorization: Bearer loom` is Ada."""

Post = dict[str, object]
POSTS = web.AppKey("posts", dict[int, Post])
MARK = "_requires_login"
H = TypeVar("H")

routes = web.RouteTableDef()


def user_of(request: web.Request) -> str | None:
    """Return the user's name, if the token is somebody's."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return TOKENS.get(token) if kind.lower() == "bearer" else None


def require_login(handler: H) -> H:
    """Mark a handler, a view or a method of it as one for users; it stays what it is."""
    setattr(handler, MARK, True)
    return handler


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody but users reach what has the mark."""
    wanted = request.match_info.handler
    method = getattr(wanted, request.method.lower(), None)
    if (hasattr(wanted, MARK) or hasattr(method, MARK)) and user_of(request) is None:
        raise web.HTTPUnauthorized(text="Log in first")
    return await handler(request)


def own_post(request: web.Request) -> Post:
    """Return the post that the path names, if it belongs to the user."""
    post = request.app[POSTS].get(int(request.match_info["id"]))
    if post is None:
        raise web.HTTPNotFound(text="There is no such post")
    if post["owner"] != user_of(request):
        raise web.HTTPForbidden(text=f"This post belongs to {post['owner']}")
    return post


@routes.post("/posts")
@require_login
async def create(request: web.Request) -> web.Response:
    """Make a post of a text; it belongs to the user."""
    data = await read_json(request)
    posts = request.app[POSTS]
    post: Post = {"owner": user_of(request), "text": data.get("text")}
    posts[len(posts) + 1] = post
    return web.json_response(post, status=201)


@routes.view("/posts/{id:[1-9][0-9]{0,8}}")
class PostView(web.View):
    """One post."""

    async def get(self) -> web.Response:
        """Answer with the post."""
        post = self.request.app[POSTS].get(int(self.request.match_info["id"]))
        if post is None:
            raise web.HTTPNotFound(text="There is no such post")
        return web.json_response(post)

    @require_login
    async def put(self) -> web.Response:
        """Change the text."""
        data = await read_json(self.request)
        post = own_post(self.request)
        post["text"] = data.get("text")
        return web.json_response(post)


def create_app() -> web.Application:
    """Make the application with a post of Ada's and one of Grace's."""
    app = web.Application(middlewares=[guard])
    ada: Post = {"owner": "Ada", "text": "It weaves."}
    grace: Post = {"owner": "Grace", "text": "The first bug found."}
    app[POSTS] = {1: ada, 2: grace}
    app.add_routes(routes)
    return app


def main() -> None:
    """Serve the posts on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
