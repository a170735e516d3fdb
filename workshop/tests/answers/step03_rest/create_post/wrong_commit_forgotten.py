"""The post is written by a connection of the pool, and never committed.

check: test_is_kept
says: After a restart the new post is gone
"""

import logging
import os
from collections.abc import Mapping
from dataclasses import asdict

from aiohttp import web

from steps.step03_rest import store
from steps.step03_rest.api import PostView
from steps.step03_rest.config import CONFIG, from_environment
from steps.step03_rest.db import POOL, database
from steps.step03_rest.errors import answer_errors
from steps.step03_rest.parsing import ID, UNREADABLE, or_507
from steps.step03_rest.posts import read_new


async def create_post(request: web.Request) -> web.Response:
    """Keep a new post and say where it is."""
    fields = read_or_422(await read_object(request))
    db = await request.app[POOL].get()
    post = or_507(await store.add(db, fields))
    request.app[POOL].put_nowait(db)
    address = request.app.router["post"].url_for(id=str(post.id))
    return web.json_response(asdict(post), status=201, headers={"Location": str(address)})
