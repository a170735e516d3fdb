# whole
"""The text is printed in the terminal, and the answer is empty.

check: test_greeting
says: "Hello from" and a name
"""

from aiohttp import web


async def index(request):
    print("Hello from Ada")
    return web.Response()


def create_app():
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
