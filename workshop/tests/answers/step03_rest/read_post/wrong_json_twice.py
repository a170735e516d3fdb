"""The post is made JSON twice.

check: test_reads
says: was it made JSON twice
"""

import json
import logging
import os
from dataclasses import asdict

from aiohttp import web

from steps.step03_rest import store
from steps.step03_rest.config import CONFIG, from_environment
from steps.step03_rest.db import database, transaction
from steps.step03_rest.errors import answer_errors
from steps.step03_rest.parsing import ID


async def read_post(request: web.Request) -> web.Response:
    """Answer with the post that the path names."""
    number = int(request.match_info["id"])
    async with transaction(request) as db:
        post = await store.find(db, number)
    if post is None:
        raise web.HTTPNotFound(text="There is no such post")
    return web.json_response(json.dumps(asdict(post)))
