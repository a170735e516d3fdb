# removed: Note
"""Handlers grouped in a class that is made once and holds the notes."""


class Notes:
    def __init__(self) -> None:
        self.notes: dict[str, str] = {}

    async def get(self, request: web.Request) -> web.Response:
        note = self.notes.get(request.match_info["name"])
        if note is None:
            return web.Response(status=404)
        return web.Response(text=note)

    async def put(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        new = name not in self.notes
        self.notes[name] = await request.text()
        return web.Response(status=201) if new else web.Response(status=204)

    async def delete(self, request: web.Request) -> web.Response:
        if self.notes.pop(request.match_info["name"], None) is None:
            return web.Response(status=404)
        return web.Response(status=204)


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application(client_max_size=10_000)
    notes = Notes()
    resource = app.router.add_resource("/notes/{name}")
    resource.add_route("GET", notes.get)
    resource.add_route("HEAD", notes.get)
    resource.add_route("PUT", notes.put)
    resource.add_route("DELETE", notes.delete)
    return app
