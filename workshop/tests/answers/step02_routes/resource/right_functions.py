"""Three functions and three routes: the router knows what is allowed."""

import logging
import os

from aiohttp import web

NOTES = web.AppKey("notes", dict[str, bytes])
ROOM = 100


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


def main() -> None:
    """Serve the notes on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
