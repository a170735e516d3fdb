"""The post is read, changed in memory and written back whole, in one transaction."""

import logging
import os
from collections.abc import Mapping
from dataclasses import asdict, replace

from aiohttp import web

from steps.step03_rest import store
from steps.step03_rest.config import CONFIG, from_environment
from steps.step03_rest.db import database, transaction
from steps.step03_rest.errors import answer_errors
from steps.step03_rest.parsing import ID, id_of, or_404, read_json, read_or_422
from steps.step03_rest.posts import LIMITS, text_of


async def patch_post(request: web.Request) -> web.Response:
    """Change some fields of a post and answer with what became of it."""
    fields = read_or_422(read_changes, await read_json(request))
    number = id_of(request)
    async with transaction(request) as db:
        post = replace(or_404(await store.find(db, number)), **fields)
        await db.execute(
            "UPDATE posts SET title = ?, text = ? WHERE id = ?", (post.title, post.text, post.id)
        )
    return web.json_response(asdict(post))
