"""One question to the blog, for programs that are not async themselves."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
import click

from .client import Client, RefusedError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Account:
    """Whom to ask, and as who."""

    server: str
    user: str = ""
    password: str = ""


class NoAnswerError(click.ClickException):
    """The server was not reached, or is no blog."""

    exit_code = 2


def ask(account: Account, question: Callable[[Client], Coroutine[Any, Any, T]]) -> T:
    """Return what the server answers; a fault ends the program, its reason on stderr."""

    async def talk() -> T:
        async with Client(account.server) as blog:
            if not account.user:
                return await question(blog)
            await blog.login(account.user, account.password)
            try:
                return await question(blog)
            finally:
                await blog.logout()

    try:
        return asyncio.run(talk())
    except RefusedError as error:
        raise click.ClickException(str(error)) from None
    except (aiohttp.ClientError, TimeoutError, LookupError, TypeError, ValueError) as error:
        raise NoAnswerError(f"No blog answers at {account.server}: {why(error)}") from None


def why(error: Exception) -> str:
    """Say in plain words why there was no answer."""
    if isinstance(error, TimeoutError):
        return "it takes too long"
    if isinstance(error, aiohttp.ClientConnectionError):
        return "nobody is there; has it been started?"
    return "something else is there, or this is no address (http://127.0.0.1:8080 is one)"
