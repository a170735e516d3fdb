"""`raise_for_status` throws the reason of the server away.

check: test_keeps_the_reason
says: ClientResponseError
"""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import fields
from types import TracebackType
from typing import Any, Self

import click
from aiohttp import ClientResponse, ClientSession, ClientTimeout

from steps.step03_rest.posts import Post


class RefusedError(Exception):
    """The server said no: with which status, and why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{reason} ({status})")
        self.status = status
        self.reason = reason


class MissingError(RefusedError):
    """There is no such post."""


class InvalidError(RefusedError):
    """The server does not take such values."""


KINDS: dict[int, type[RefusedError]] = {404: MissingError, 422: InvalidError}


def post_of(data: Mapping[str, Any]) -> Post:
    """Make a post of an answer."""
    return Post(**{field.name: data[field.name] for field in fields(Post)})


async def error_of(response: ClientResponse) -> RefusedError:
    """Make an error of a refusal; where the server gives no reason, HTTP's own must do."""
    try:
        reason = str((await response.json(content_type=None))["error"]["reason"])
    except (ValueError, LookupError, TypeError):
        reason = str(response.reason)
    return KINDS.get(response.status, RefusedError)(response.status, reason)


class Client:
    """Use it as `async with Client("http://127.0.0.1:8080") as blog:`."""

    def __init__(self, server: str) -> None:
        self._server = server

    async def __aenter__(self) -> Self:
        self._session = ClientSession(self._server, timeout=ClientTimeout(total=10))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def update(self, number: int, **values: str) -> Post:
        """Change some fields of a post, and return what became of it."""
        path = f"/api/posts/{number}"
        async with self._session.patch(path, json=values) as response:
            response.raise_for_status()
            return post_of(await response.json())


async def rename(number: int, title: str) -> None:
    """Give a post of the blog on this machine another title."""
    async with Client(f"http://127.0.0.1:{os.environ.get('PORT', '8080')}") as blog:
        click.echo(await blog.update(number, title=title))


@click.command()
@click.argument("number", type=int)
@click.argument("title")
def main(number: int, title: str) -> None:
    """Give a post another title."""
    try:
        asyncio.run(rename(number, title))
    except RefusedError as error:
        raise click.ClickException(str(error)) from None


if __name__ == "__main__":
    main()
