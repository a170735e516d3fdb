# removed: main, if __name__ == "__main__":
"""The page about the blog was never written.

check: test_about_heading
says: The heading of /about
"""

from aiohttp import web
ABOUT = ""


async def index(request):
    return web.Response(text=INDEX, content_type="text/html")


async def about(request):
    return web.Response(text=ABOUT, content_type="text/html")


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index), web.get("/about", about)])
    return app
