# whole
"""The answers without a page are raised; the number of words is written down."""

from aiohttp import web

POST = "Notes on the Analytical Engine"


async def read_post(request):
    return web.Response(text=POST, headers={"Cache-Control": "max-age=60", "X-Words": "5"})


async def create_post(request):
    raise web.HTTPCreated(headers={"Location": "/posts/1"})


async def delete_post(request):
    raise web.HTTPNoContent


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
