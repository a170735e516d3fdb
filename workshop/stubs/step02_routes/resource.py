"""Notes by their name: one class answers for a note, whatever the method."""

import logging
import os

from aiohttp import web

NOTES = web.AppKey("notes", dict[str, bytes])
ROOM = 100


class Note(web.View):
    """One note: a method of the class for each method of HTTP."""

    @property
    def name(self) -> str:
        """The name in the path."""
        return self.request.match_info["name"]

    @property
    def notes(self) -> dict[str, bytes]:
        """All notes; they outlive this object, which is made for one request."""
        return self.request.app[NOTES]

    def must_exist(self) -> None:
        """Refuse a name that no note has."""
        if self.name not in self.notes:
            raise web.HTTPNotFound(text="There is no note of that name")

    async def get(self) -> web.Response:
        """Show the note."""
        # TODO: Return the note as plain text, 404 when there is none.
        return web.Response(status=501, text="not done yet")

    # TODO: Let HEAD answer as GET does.

    async def put(self) -> web.Response:
        """Keep the note: 201 for a new one, 204 for one that is replaced."""
        # TODO: Keep the body of the request and return 201 or 204 without a text.
        return web.Response(status=501, text="not done yet")

    async def delete(self) -> web.Response:
        """Throw the note away."""
        # TODO: Forget the note and return 204, 404 when there is none.
        return web.Response(status=501, text="not done yet")


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application(client_max_size=10_000)
    app[NOTES] = {}
    app.add_routes(
        [
            # TODO: Add the route that sends every method of /notes/{name} to Note.
        ]
    )
    return app


def main() -> None:
    """Serve the notes on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
