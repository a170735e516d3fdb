# whole
"""Class-based views, with HEAD written out; statuses by name."""

from http import HTTPStatus

from aiohttp import web

POST = "Notes on the Analytical Engine"
HEADERS = {"Cache-Control": "max-age=60", "X-Words": str(len(POST.split(" ")))}


class Post(web.View):
    async def get(self):
        return web.Response(text=POST, headers=HEADERS)

    async def head(self):
        return web.Response(headers=HEADERS)

    async def delete(self):
        return web.Response(status=HTTPStatus.NO_CONTENT)


class Posts(web.View):
    async def post(self):
        return web.Response(status=HTTPStatus.CREATED, headers={"Location": "/posts/1"})


def create_app():
    app = web.Application()
    app.router.add_view("/posts", Posts)
    app.router.add_view("/posts/1", Post)
    return app
