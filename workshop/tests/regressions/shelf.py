"""A sound app with an API."""

import json
from pathlib import Path
from typing import Any

from aiohttp import web

from .regression import POST


class Shelf:
    """A sound app for posts in memory; a broken app overrides one method."""

    def __init__(self, data: Path) -> None:
        self.posts: dict[int, dict[str, Any]] = {}
        for number in 1, 2:
            self.posts[number] = {"id": number, **POST, "editor": "Ada"}

    def app(self) -> web.Application:
        one = "/api/posts/{id:[1-9][0-9]*}"
        app = web.Application()
        app.router.add_get("/api/posts", self.listed)
        app.router.add_post("/api/posts", self.create)
        app.router.add_get(one, self.read)
        app.router.add_delete(one, self.delete)
        return app

    def find(self, request: web.Request) -> dict[str, Any]:
        number = int(request.match_info["id"])
        if number not in self.posts:
            raise self.fault(web.HTTPNotFound, "There is no such post")
        return self.posts[number]

    def fault(self, kind: type[web.HTTPError], reason: str) -> web.HTTPError:
        error = {"status": kind.status_code, "reason": reason}
        return kind(text=json.dumps({"error": error}), content_type="application/json")

    def keep(self, fields: dict[str, Any]) -> dict[str, Any]:
        number = len(self.posts) + 1
        self.posts[number] = {"id": number, **fields, "editor": "Ada"}
        return self.posts[number]

    async def listed(self, request: web.Request) -> web.Response:
        limit = int(request.query.get("limit", "20"))
        if limit > 100:
            raise self.fault(web.HTTPBadRequest, "At most 100")
        posts = sorted(self.posts.values(), key=lambda post: int(post["id"]))
        return web.json_response({"posts": posts[:limit]})

    async def create(self, request: web.Request) -> web.Response:
        if request.content_type != "application/json":
            raise self.fault(web.HTTPUnsupportedMediaType, "Send JSON")
        fields = await request.json()
        if not all(isinstance(fields.get(name), str) for name in POST):
            raise self.fault(web.HTTPUnprocessableEntity, "Send text")
        post = self.keep(fields)
        headers = {"Location": f"/api/posts/{post['id']}"}
        return web.json_response(post, status=201, headers=headers)

    async def read(self, request: web.Request) -> web.Response:
        return web.json_response(self.find(request))

    async def delete(self, request: web.Request) -> web.Response:
        del self.posts[self.find(request)["id"]]
        return web.Response(status=204)
