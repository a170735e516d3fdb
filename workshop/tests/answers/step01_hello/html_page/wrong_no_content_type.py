# whole
"""The pages are sent as plain text: a browser shows the tags.

check: test_front_page_is_html
says: text/html
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
    return web.Response(text=INDEX)


async def about(request):
    return web.Response(text=ABOUT)


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index), web.get("/about", about)])
    return app
