"""The blog from the other side: a client that changes a post, or says why it could not."""

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
    # TODO: Leave out what a Post does not have, so that a new field breaks nothing.
    return Post(**data)


async def error_of(response: ClientResponse) -> RefusedError:
    """Make an error of a refusal; where the server gives no reason, HTTP's own must do."""
    # TODO: Return the error that KINDS has for the status, or a RefusedError, with its reason.
    return RefusedError(response.status, "not done yet")


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
        # TODO: Send the values as JSON by PATCH; return the post, or raise what error_of makes.
        return Post(number, "not done yet", "", "", "")


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
