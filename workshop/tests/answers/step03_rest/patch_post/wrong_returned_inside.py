"""The 422 is returned inside the transaction, which then keeps the first field.

check: test_all_or_nothing
says: The good field was stored
"""

import logging
import os
from collections.abc import Mapping
from dataclasses import asdict

from aiohttp import web

from steps.step03_rest import store
from steps.step03_rest.config import CONFIG, from_environment
from steps.step03_rest.db import database, transaction
from steps.step03_rest.errors import answer_errors, error_answer
from steps.step03_rest.parsing import ID, id_of, or_404, read_json, read_or_422
from steps.step03_rest.posts import LIMITS, text_of


async def patch_post(request: web.Request) -> web.Response:
    """Change some fields of a post and answer with what became of it."""
    data = await read_json(request)
    if not data or not data.keys() <= SQL.keys():
        return error_answer(422, "Send title or text")
    async with transaction(request) as db:
        for name in data:
            try:
                value = text_of(data, name, LIMITS[name])
            except ValueError as error:
                return error_answer(422, str(error))
            await db.execute(SQL[name], {"value": value, "id": id_of(request)})
        post = or_404(await store.find(db, id_of(request)))
    return web.json_response(asdict(post))
