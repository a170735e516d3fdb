# whole
"""Each test has an app with handlers of its own."""

from dataclasses import asdict

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from steps.step08_tests.client import Client, RefusedError
from steps.step08_tests.posts import Post

LOOPS = Post(7, "On loops", "A loop waits.", "Ada", "Ada")
LOOMS = Post(8, "On looms", "A loom weaves.", "Ada", "Ada")


async def start(aiohttp_server, *routes: web.RouteDef) -> str:
    app = web.Application()
    app.add_routes(routes)
    return str((await aiohttp_server(app)).make_url("/"))


async def test_unknown_field(aiohttp_server) -> None:
    async def read(request: web.Request) -> web.Response:
        return web.json_response({"new": True, **asdict(LOOPS), "id": int(request.match_info["id"])})

    async with Client(await start(aiohttp_server, web.get("/api/posts/{id}", read))) as blog:
        assert (await blog.read(9)).id == 9


async def test_refusal(aiohttp_server) -> None:
    async def refuse(request: web.Request) -> web.Response:
        return web.json_response({"error": {"reason": "Not on a Sunday"}}, status=403)

    async with Client(await start(aiohttp_server, web.delete("/api/posts/7", refuse))) as blog:
        with pytest.raises(RefusedError) as caught:
            await blog.delete(7)
    assert caught.value.reason == "Not on a Sunday"


async def test_two_pages(aiohttp_server) -> None:
    async def pages(request: web.Request) -> web.Response:
        if "page" in request.query:
            return web.json_response({"posts": [asdict(LOOMS)], "next": None})
        return web.json_response({"posts": [asdict(LOOPS)], "next": "/api/posts?page=2"})

    async with Client(await start(aiohttp_server, web.get("/api/posts", pages))) as blog:
        assert len([post async for post in blog.posts()]) == 2


async def test_only_with_a_token(aiohttp_server) -> None:
    async def login(request: web.Request) -> web.Response:
        return web.json_response({"token": "T"}, status=201)

    async def update(request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != "Bearer T":
            raise web.HTTPUnauthorized
        return web.json_response(asdict(LOOPS) | await request.json())

    routes = web.post("/api/login", login), web.patch("/api/posts/7", update)
    async with Client(await start(aiohttp_server, *routes)) as blog:
        await blog.login("Ada", "it weaves")
        assert (await blog.update(7, title="New")).title == "New"
