# whole
"""The whole page is escaped: a browser shows the tags as text.

check: test_front_page_heading
says: The heading of the front page
"""

import html

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
    return web.Response(text=html.escape(INDEX), content_type="text/html")


async def about(request):
    return web.Response(text=ABOUT, content_type="text/html")


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index), web.get("/about", about)])
    return app
