"""What comes in: looked at before anything is done with it."""

from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Handler

from .posts import BLOG, MAX_POSTS, Post

ID = "{id:[1-9][0-9]{0,8}}"
"""The variable part of a path that names a post: 1 is an id; 01, 1.0 and -1 are not."""

UNREADABLE = (ValueError, LookupError, RecursionError, web.RequestPayloadError)
"""What reading a body can raise: broken JSON, bytes that are no UTF-8, a nest without end."""


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


async def read_form(request: web.Request) -> Mapping[str, object]:
    """Return the fields of a form."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPUnsupportedMediaType(text="Send a form: application/x-www-form-urlencoded")
    check_charset(request.charset)
    try:
        return await request.post()
    except UNREADABLE:
        raise web.HTTPBadRequest(text="This form cannot be read") from None


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


def find_post(request: web.Request) -> Post:
    """Return the post that the path names."""
    post = request.app[BLOG].posts.get(int(request.match_info["id"]))
    if post is None:
        raise web.HTTPNotFound(text="There is no such post")
    return post


def add_post(request: web.Request, fields: Mapping[str, object]) -> Post:
    """Put a new post into the blog."""
    if len(request.app[BLOG].posts) >= MAX_POSTS:
        raise web.HTTPInsufficientStorage(text=f"The blog is full: {MAX_POSTS} posts")
    try:
        return request.app[BLOG].add(fields)
    except ValueError as error:
        raise web.HTTPUnprocessableEntity(text=str(error)) from None
