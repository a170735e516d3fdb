"""What comes in: looked at before anything is done with it."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, cast

from aiohttp import BodyPartReader, MultipartReader, StreamReader, web
from aiohttp.http import HttpProcessingError
from aiohttp.typedefs import Handler

from .posts import Post

ID = "{id:[1-9][0-9]{0,8}}"
"""The variable part of a path that names a post: 1 is an id; 01, 1.0 and -1 are not."""

BROKEN_PARTS = (RuntimeError, AssertionError, HttpProcessingError)
UNREADABLE = (ValueError, LookupError, RecursionError, web.RequestPayloadError, *BROKEN_PARTS)
"""What reading a body can raise: broken JSON, bytes that are no UTF-8, a nest without end."""
FIELDS = 100
"""So many fields a form may have."""
LINES = 1000
"""So many lines may stand around them: boundaries, and what each part says of itself."""
TEXT = 2**18
"""So many bytes a body without a file may have: of ten megabytes JSON makes a million lists."""

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


async def check_size(request: web.Request) -> None:
    """Refuse a text that is longer than any post, before it is taken apart."""
    size = len(await request.read())
    if size > TEXT:
        raise web.HTTPRequestEntityTooLarge(TEXT, size)


class Counted:
    """A body that is read line by line where it has no part: so many lines, and no more."""

    def __init__(self, body: StreamReader) -> None:
        self._body, self._left = body, LINES

    def __getattr__(self, name: str) -> Any:
        return getattr(self._body, name)

    async def readline(self, **options: int) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise ValueError("so many lines, and no part")
        return await self._body.readline(**options)


def parts_of(request: web.Request) -> MultipartReader:
    """Return `request.multipart()`, which by itself reads lines for ever until a part begins."""
    body = cast(StreamReader, Counted(request.content))
    most, error = request.client_max_size, web.HTTPRequestEntityTooLarge
    return MultipartReader(request.headers, body, client_max_size=most, max_size_error_cls=error)


async def read_parts(request: web.Request) -> Mapping[str, object]:
    """Return the fields of a form with files, which are kept in memory: its size has a limit.

    `request.post()` would let each field say in which code it is, and take the slow ones, too.
    """
    fields: list[tuple[str, str | web.FileField]] = []
    async for part in parts_of(request):
        if not isinstance(part, BodyPartReader) or not part.name:
            raise ValueError("this part is no field")
        data = await part.read()
        if request.content.total_bytes > request.client_max_size or len(fields) == FIELDS:
            raise web.HTTPRequestEntityTooLarge(request.client_max_size)
        if part.filename:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            file = web.FileField(part.name, part.filename, BytesIO(data), kind, part.headers)
            fields.append((part.name, file))
        else:
            check_charset(part.get_charset("utf-8"))
            fields.append((part.name, data.decode()))
    return dict(reversed(fields))  # of two with one name, the first counts


async def read_form(request: web.Request) -> Mapping[str, object]:
    """Return the fields of a form."""
    if request.content_type not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        raise web.HTTPUnsupportedMediaType(text="Send a form")
    check_charset(request.charset)
    try:
        in_parts = request.content_type == "multipart/form-data"
        if not in_parts:
            await check_size(request)
        return await (read_parts(request) if in_parts else request.post())
    except UNREADABLE:
        raise web.HTTPBadRequest(text="This form cannot be read") from None


async def read_json(request: web.Request) -> Mapping[str, object]:
    """Return the JSON object of a body."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="Send JSON: application/json")
    check_charset(request.charset)
    try:
        await check_size(request)
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
