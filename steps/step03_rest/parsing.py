"""What comes in: looked at before anything is done with it."""

import re
from collections.abc import Callable, Mapping

from aiohttp import web
from aiohttp.typedefs import Handler

from .posts import Post

ID = "{id:[1-9][0-9]{0,8}}"
"""The variable part of a path that names a post: 1 is an id; 01, 1.0 and -1 are not."""

UNREADABLE = (ValueError, LookupError, RecursionError, web.RequestPayloadError)
"""What reading a body can raise: broken JSON, bytes that are no UTF-8, a nest without end."""

Fields = Mapping[str, object]


@web.middleware
async def refuse_packed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a body that is packed, before it is unpacked: a kilobyte may become a megabyte."""
    if "Content-Encoding" in request.headers:
        raise web.HTTPUnsupportedMediaType(text="Send the body as it is, not packed")
    return await handler(request)


async def hang_up(request: web.Request, response: web.StreamResponse) -> None:
    """Read nothing packed after the answer: what is thrown away would be unpacked as well."""
    if "Content-Encoding" in request.headers:
        request.protocol.close()
        response.headers["Connection"] = "close"


def check_charset(charset: str | None) -> None:
    """Refuse text in a code other than UTF-8: for a megabyte, some need a minute."""
    if (charset or "utf-8").lower() not in {"utf-8", "utf8"}:
        raise web.HTTPUnsupportedMediaType(text="Send text in UTF-8")


async def read_json(request: web.Request) -> Mapping[str, object]:
    """Return the JSON object of a body."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="Send JSON: application/json")
    check_charset(request.charset)
    try:
        data = await request.json()
    except UNREADABLE:
        raise web.HTTPBadRequest(text="This body is no JSON") from None
    if not isinstance(data, dict):
        raise web.HTTPUnprocessableEntity(text="Send a JSON object")
    return data


def read_or_422(read: Callable[[Fields], dict[str, str]], fields: Fields) -> dict[str, str]:
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


def or_404(post: Post | None) -> Post:
    """Return the post, if it was there."""
    if post is None:
        raise web.HTTPNotFound(text="There is no such post")
    return post


def or_507(post: Post | None) -> Post:
    """Return the new post, if there was room for it."""
    if post is None:
        raise web.HTTPInsufficientStorage(text="The blog is full")
    return post
