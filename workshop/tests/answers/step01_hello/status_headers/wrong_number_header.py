# whole
"""A header's value is a number: the server fails while it writes the answer.

check: test_words
says: X-Words
"""

from aiohttp import web

POST = "Notes on the Analytical Engine"


async def read_post(request):
    headers = {"Cache-Control": "max-age=60", "X-Words": len(POST.split())}
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
