# removed: main, if __name__ == "__main__":
"""The content type given as a header, with its charset."""

from aiohttp import web
ABOUT = """\
<!doctype html>
<title>About</title>
<h1>About</h1>
"""


async def index(request):
    return web.Response(text=INDEX, headers={"Content-Type": "text/html; charset=utf-8"})


async def about(request):
    return web.Response(text=ABOUT, headers={"Content-Type": "text/html"})


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index), web.get("/about", about)])
    return app
