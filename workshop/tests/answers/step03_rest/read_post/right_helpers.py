"""The helpers of the step do the work."""

import logging
import os
from dataclasses import asdict

from aiohttp import web

from steps.step03_rest import store
from steps.step03_rest.config import CONFIG, from_environment
from steps.step03_rest.db import database, transaction
from steps.step03_rest.errors import answer_errors
from steps.step03_rest.parsing import ID, id_of, or_404


async def read_post(request: web.Request) -> web.Response:
    """Answer with the post that the path names."""
    async with transaction(request) as db:
        post = or_404(await store.find(db, id_of(request)))
    return web.json_response(asdict(post))
