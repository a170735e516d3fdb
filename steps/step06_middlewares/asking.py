"""One question to the blog, for programs that are not async themselves."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import aiohttp
import click

from .client import Client, RefusedError

T = TypeVar("T")


class NoAnswerError(click.ClickException):
    """The server was not reached, or is no blog."""

    exit_code = 2


def ask(server: str, question: Callable[[Client], Coroutine[Any, Any, T]]) -> T:
    """Return what the server answers; a fault ends the program, its reason on stderr."""

    async def talk() -> T:
        async with Client(server) as blog:
            return await question(blog)

    try:
        return asyncio.run(talk())
    except RefusedError as error:
        raise click.ClickException(str(error)) from None
    except (aiohttp.ClientError, TimeoutError, LookupError, TypeError, ValueError) as error:
        raise NoAnswerError(f"No blog answers at {server}: {error!r}") from None
