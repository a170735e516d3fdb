# removed: Note
"""One handler for every method, which raises the 405 itself."""


async def note(request: web.Request) -> web.Response:
    notes, name = request.app[NOTES], request.match_info["name"]
    if request.method not in ("GET", "HEAD", "PUT", "DELETE"):
        raise web.HTTPMethodNotAllowed(request.method, ["GET", "HEAD", "PUT", "DELETE"])
    if request.method == "PUT":
        new = name not in notes
        notes[name] = await request.read()
        return web.Response(status=201 if new else 204)
    if name not in notes:
        raise web.HTTPNotFound
    if request.method == "DELETE":
        del notes[name]
        return web.Response(status=204)
    return web.Response(body=notes[name], content_type="text/plain")


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application(client_max_size=10_000)
    app[NOTES] = {}
    app.add_routes(
        [
            web.route("*", "/notes/{name}", note),
        ]
    )
    return app
