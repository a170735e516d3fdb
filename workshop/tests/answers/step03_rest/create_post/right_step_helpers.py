# removed: read_object, read_or_422
"""What the step has is used, in place of functions of its own."""

import logging
import os
from collections.abc import Mapping
from dataclasses import asdict

from aiohttp import web

from steps.step03_rest import store
from steps.step03_rest.api import PostView
from steps.step03_rest.config import CONFIG, from_environment
from steps.step03_rest.db import database, transaction
from steps.step03_rest.errors import answer_errors
from steps.step03_rest.parsing import ID, or_507, read_json, read_or_422
from steps.step03_rest.posts import read_new


async def create_post(request: web.Request) -> web.Response:
    """Keep a new post and say where it is."""
    fields = read_or_422(read_new, await read_json(request))
    async with transaction(request) as db:
        post = or_507(await store.add(db, fields))
    address = request.app.router["post"].url_for(id=str(post.id))
    return web.json_response(asdict(post), status=201, headers={"Location": str(address)})
