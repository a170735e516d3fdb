"""The next address is a whole URL, the numbers are read by hand."""

import logging
import os
import re
from dataclasses import asdict

from aiohttp import web

from steps.step03_rest import app as blog
from steps.step03_rest import store
from steps.step03_rest.db import transaction
from steps.step03_rest.parsing import number_of


def whole(request: web.Request, name: str, least: int, most: int, default: str) -> int:
    """Return a number of the query."""
    text = request.query.get(name, default)
    if not re.fullmatch(r"\d{1,6}", text, re.ASCII) or not least <= int(text) <= most:
        raise web.HTTPBadRequest(text=f"{name} is no number from {least} to {most}")
    return int(text)


async def archive(request: web.Request) -> web.Response:
    """Give out a page of the posts, and the address of the next one."""
    limit = whole(request, "limit", 1, 50, "3")
    offset = whole(request, "offset", 0, 999_999, "0")
    try:
        sql = SQL[request.query.get("order", "newest")]
    except KeyError:
        raise web.HTTPBadRequest(text="There is no such order") from None
    async with transaction(request) as db:
        *listed, = await store.fetch(db, sql, {"limit": limit + 1, "offset": offset})
    after = None
    if len(listed) == limit + 1:
        listed.pop()
        after = str(request.url.update_query({"offset": str(offset + limit)}))
    return web.json_response({"posts": list(map(asdict, listed)), "next": after})
