# whole
"""The path of the route lacks its first slash.

check: test_about_is_html
says: GET /about
"""

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
    return web.Response(text=INDEX, content_type="text/html")


async def about(request):
    return web.Response(text=ABOUT, content_type="text/html")


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index), web.get("about", about)])
    return app
