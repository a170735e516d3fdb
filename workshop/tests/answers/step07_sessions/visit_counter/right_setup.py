"""The library adds the middleware itself."""


async def index(request: web.Request) -> web.Response:
    """Count this visit, and say how many there were."""
    session = await aiohttp_session.get_session(request)
    session.setdefault("visits", 0)
    session["visits"] += 1
    return web.json_response(dict(session))


def create_app() -> web.Application:
    """Make the application, with a session around each request."""
    app = web.Application()
    aiohttp_session.setup(app, storage())
    app.add_routes([web.get("/", index)])
    return app
