"""Every value is looked at by hand, and refused by an answer outside the transaction."""

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


def fault_of(data: Mapping[str, object]) -> str | None:
    """Return what is wrong with the fields, if anything is."""
    if not data:
        return "Send something"
    for name, value in data.items():
        if name not in ("title", "text"):
            return f"{name} cannot be changed"
        if type(value) is not str or not value.strip() or len(value) > LIMITS[name]:
            return f"{name} must be a text"
    return None


async def patch_post(request: web.Request) -> web.Response:
    """Change some fields of a post and answer with what became of it."""
    data = await read_json(request)
    if fault := fault_of(data):
        return error_answer(422, fault)
    async with transaction(request) as db:
        if not await store.find(db, id_of(request)):
            return error_answer(404, "no such post")
        for name in data:
            await db.execute(SQL[name], {"value": data[name], "id": id_of(request)})
        post = await store.find(db, id_of(request))
    return web.json_response(asdict(post))
