# whole
"""The headers are left out of the answer to HEAD.

check: test_head
says: with the headers of GET
"""

from aiohttp import web

POST = "Notes on the Analytical Engine"


async def read_post(request):
    if request.method == "HEAD":
        return web.Response()
    headers = {"Cache-Control": "max-age=60", "X-Words": "5"}
    return web.Response(text=POST, headers=headers)


async def create_post(request):
    return web.Response(status=201, headers={"Location": "/posts/1"})


async def delete_post(request):
    return web.Response(status=204)


def create_app():
    app = web.Application()
    app.add_routes(
        [
            web.get("/posts/1", read_post),
            web.post("/posts", create_post),
            web.delete("/posts/1", delete_post),
        ]
    )
    return app
