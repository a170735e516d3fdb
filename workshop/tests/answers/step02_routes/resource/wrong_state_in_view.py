"""The notes live in the view, which is made anew for each request.

check: test_put_and_get
says: PUT keeps a note with 201
"""


class Note(web.View):
    """One note: a method of the class for each method of HTTP."""

    @property
    def name(self) -> str:
        """The name in the path."""
        return self.request.match_info["name"]

    def __init__(self, request: web.Request) -> None:
        super().__init__(request)
        self.notes = {}

    def must_exist(self) -> None:
        """Refuse a name that no note has."""
        if self.name not in self.notes:
            raise web.HTTPNotFound(text="There is no note of that name")

    async def get(self) -> web.Response:
        """Show the note."""
        self.must_exist()
        return web.Response(body=self.notes[self.name], content_type="text/plain")

    head = get

    async def put(self) -> web.Response:
        """Keep the note: 201 for a new one, 204 for one that is replaced."""
        try:
            body = await self.request.read()
        except web.RequestPayloadError:
            raise web.HTTPBadRequest(text="This body cannot be read") from None
        new = self.name not in self.notes
        if new and len(self.notes) >= ROOM:
            raise web.HTTPInsufficientStorage(text="There is no room for another note")
        self.notes[self.name] = body
        return web.Response(status=201 if new else 204)

    async def delete(self) -> web.Response:
        """Throw the note away."""
        self.must_exist()
        del self.notes[self.name]
        return web.Response(status=204)
