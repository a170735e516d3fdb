"""What comes in: looked at before anything is done with it."""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from aiohttp import web
from aiohttp.http import HttpProcessingError

from .csrf import check_token
from .posts import Post

T = TypeVar("T")

ID = "{id:[1-9][0-9]{0,8}}"
"""The variable part of a path that names a post: 1 is an id; 01, 1.0 and -1 are not."""

BROKEN_PARTS = (RuntimeError, AssertionError, HttpProcessingError)
UNREADABLE = (ValueError, LookupError, RecursionError, web.RequestPayloadError, *BROKEN_PARTS)
"""What reading a body can raise: broken JSON, an unknown charset, a nest without end, bad gzip."""

Fields = Mapping[str, object]


async def read_form(request: web.Request) -> Mapping[str, object]:
    """Return the fields of a form."""
    if request.content_type not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        raise web.HTTPUnsupportedMediaType(text="Send a form")
    try:
        form = await request.post()
    except UNREADABLE:
        raise web.HTTPBadRequest(text="This form cannot be read") from None
    await check_token(request, form)
    return form


async def read_json(request: web.Request) -> Mapping[str, object]:
    """Return the JSON object of a body."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="Send JSON: application/json")
    try:
        data = await request.json()
    except UNREADABLE:
        raise web.HTTPBadRequest(text="This body is no JSON") from None
    if not isinstance(data, dict):
        raise web.HTTPUnprocessableEntity(text="Send a JSON object")
    return data


def checked(read: Callable[[Fields], T], fields: Fields) -> T:
    """Return what a reader makes of the fields; when it will not have them, say why."""
    try:
        return read(fields)
    except ValueError as error:
        raise web.HTTPUnprocessableEntity(text=str(error)) from None


def number_of(request: web.Request, name: str, default: int, among: range) -> int:
    """Return a number from the query, such as 20 of ?limit=20."""
    text = request.query.get(name, str(default))
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) not in among:
        words = f"{name} must be a whole number from {among[0]} to {among[-1]}"
        raise web.HTTPBadRequest(text=words)
    return int(text)


def id_of(request: web.Request) -> int:
    """Return the number of the post that the path names."""
    return int(request.match_info["id"])


def found(post: Post | None) -> Post:
    """Return the post, if it was there."""
    if post is None:
        raise web.HTTPNotFound(text="There is no such post")
    return post


def kept(post: Post | None) -> Post:
    """Return the new post, if there was room for it."""
    if post is None:
        raise web.HTTPInsufficientStorage(text="The blog is full")
    return post
