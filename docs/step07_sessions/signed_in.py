"""The blog as Ada sees it who just logged in, for the picture of the page."""

from aiohttp import web
from aiohttp.typedefs import Handler

from steps.step07_sessions import app as step
from steps.step07_sessions.login import USER
from steps.step07_sessions.sessions import flash


@web.middleware
async def greet(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Take everybody for Ada, and say hello."""
    request[USER] = "Ada"
    if request.path == "/":
        await flash(request, "Hello, Ada.")
    return await handler(request)


def create_app() -> web.Application:
    """Make the blog; the last middleware asks who is there, so Ada has to come before it."""
    app = step.create_app()
    app.middlewares.insert(len(app.middlewares) - 1, greet)
    return app
