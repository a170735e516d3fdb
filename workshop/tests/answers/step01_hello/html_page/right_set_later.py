# whole
"""The content type set on the finished response; a page as bytes."""

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


async def index(request):
    response = web.Response(text=INDEX)
    response.content_type = "text/html"
    return response


async def about(request):
    return web.Response(body=ABOUT.encode(), content_type="text/html", charset="utf-8")


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index), web.get("/about", about)])
    return app
