"""Pictures that travel once: whoever has the newest one is told so, and not sent it again."""

import logging
import os
from hashlib import sha256

from aiohttp import web

PICTURES = web.AppKey("pictures", dict[str, bytes])

MOTH = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0l9 9V0L0 9z"/></svg>'
)
DISC = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4" cx="4" cy="4"/></svg>'
)


def etag_of(data: bytes) -> str:
    """Return a name for these bytes; other bytes have another name."""
    return sha256(data).hexdigest()


def is_known(request: web.Request, etag: str) -> bool:
    """Return whether the client has these bytes already."""
    return any(known.value in {etag, "*"} for known in request.if_none_match or ())


async def show(request: web.Request) -> web.Response:
    """Answer with the picture, or with 304 when the client has it."""
    data = request.app[PICTURES].get(request.match_info["name"])
    if data is None:
        raise web.HTTPNotFound(text="There is no such picture")
    etag = etag_of(data)
    headers = {"ETag": f'"{etag}"', "Cache-Control": "no-cache"}
    if is_known(request, etag):
        return web.Response(status=304, headers=headers)
    return web.Response(body=data, content_type="image/svg+xml", headers=headers)


async def swap(request: web.Request) -> web.Response:
    """Let moth and disc change places."""
    pictures = request.app[PICTURES]
    pictures["moth"], pictures["disc"] = pictures["disc"], pictures["moth"]
    return web.Response(status=204)


def create_app() -> web.Application:
    """Make the application with two pictures."""
    app = web.Application()
    app[PICTURES] = {"moth": MOTH, "disc": DISC}
    app.add_routes([web.get("/{name}", show), web.post("/swap", swap)])
    return app


def main() -> None:
    """Serve the pictures on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
