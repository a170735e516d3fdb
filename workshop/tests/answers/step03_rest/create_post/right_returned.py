"""Refusals are made by `error_answer` and returned."""

import logging
import os
from collections.abc import Mapping
from dataclasses import asdict

from aiohttp import web

from steps.step03_rest import store
from steps.step03_rest.api import PostView
from steps.step03_rest.config import CONFIG, from_environment
from steps.step03_rest.db import database, transaction
from steps.step03_rest.errors import answer_errors, error_answer
from steps.step03_rest.parsing import ID, UNREADABLE, or_507
from steps.step03_rest.posts import read_new


async def create_post(request: web.Request) -> web.Response:
    """Keep a new post and say where it is."""
    if request.content_type != "application/json":
        return error_answer(415, "application/json only")
    try:
        fields = read_new(await read_object(request))
    except ValueError as error:
        return error_answer(422, str(error))
    async with transaction(request) as db:
        post = await store.add(db, fields)
        if post is None:
            return error_answer(507, "full")
    address = request.app.router["post"].url_for(id=str(post.id))
    return web.json_response(asdict(post), status=201, headers={"Location": str(address)})
