# removed: Note
"""Three functions and three routes: the router knows what is allowed."""


def stored(request: web.Request) -> bytes:
    try:
        return request.app[NOTES][request.match_info["name"]]
    except KeyError:
        raise web.HTTPNotFound() from None


async def read(request: web.Request) -> web.Response:
    return web.Response(text=stored(request).decode())


async def write(request: web.Request) -> web.Response:
    notes, name = request.app[NOTES], request.match_info["name"]
    status = 204 if name in notes else 201
    notes[name] = await request.read()
    return web.Response(status=status)


async def remove(request: web.Request) -> web.Response:
    stored(request)
    del request.app[NOTES][request.match_info["name"]]
    raise web.HTTPNoContent


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application(client_max_size=10_000)
    app[NOTES] = {}
    path = "/notes/{name}"
    app.add_routes([web.get(path, read), web.put(path, write), web.delete(path, remove)])
    return app
