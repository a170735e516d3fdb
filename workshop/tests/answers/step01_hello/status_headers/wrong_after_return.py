# whole
"""The headers are set after the return, so never.

check: test_cache_control
says: Cache-Control says so
"""

from aiohttp import web

POST = "Notes on the Analytical Engine"


async def read_post(request):
    response = web.Response(text=POST)
    return response
    response.headers["Cache-Control"] = "max-age=60"
    response.headers["X-Words"] = "5"


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
