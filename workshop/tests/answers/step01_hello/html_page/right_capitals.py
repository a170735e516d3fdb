# whole
"""Tags in capitals and with attributes; another layout of the page."""

from aiohttp import web


async def index(request):
    return web.Response(
        text='<H1 class="big">\n  The blog\n</H1><a href=about>About</a>', content_type="text/html"
    )


async def about(request):
    return web.Response(text="<html><body><h1>About</h1></body></html>", content_type="text/html")


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index), web.get("/about", about)])
    return app
