# whole
"""One function makes both answers; the routes are added one by one."""

from aiohttp import web

INDEX = """\
<!doctype html>
<title>The blog</title>
<h1>The blog</h1>
<p><a href="/about">About</a></p>
"""
ABOUT = """\
<!doctype html>
<title>About</title>
<h1>About</h1>
"""


def page(text):
    return web.Response(text=text, content_type="text/html")


async def index(request):
    return page(INDEX)


async def about(request):
    return page(ABOUT)


def create_app():
    app = web.Application()
    app.router.add_get("/", index)
    app.router.add_get("/about", about)
    return app
