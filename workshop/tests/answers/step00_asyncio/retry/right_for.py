"""A `for` loop over the pauses; the last attempt stands below it."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import click
from aiohttp import (
    ClientConnectionError,
    ClientHandlerType,
    ClientRequest,
    ClientResponse,
    ClientSession,
    ClientTimeout,
)

PASSING = {502, 503, 504}
"""Statuses of faults that pass."""
HARMLESS = {"GET", "HEAD", "OPTIONS"}
"""Methods that change nothing, however often they are sent."""


@dataclass(frozen=True)
class Retry:
    """Sends a request again when that may help, after longer and longer pauses."""

    attempts: int = 4
    """So often it is sent at most."""
    first: float = 0.5
    """The first pause (seconds); each other is twice the one before."""
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep

    async def __call__(self, request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        """Send the request by `handler(request)`, again if need be; return the last answer."""
        repeats = self.attempts - 1 if request.method in HARMLESS else 0
        for number in range(repeats):
            try:
                response = await handler(request)
                if response.status not in PASSING:
                    return response
                response.close()
            except ClientConnectionError:
                pass
            await self.sleep(self.first * 2**number)
        return await handler(request)


async def show(server: str) -> None:
    """Print a page of a server that may be busy."""
    timeout = ClientTimeout(total=30)  # all attempts and pauses together
    async with (
        ClientSession(server, timeout=timeout, middlewares=(Retry(),)) as session,
        session.get("/pages/8012") as response,
    ):
        response.raise_for_status()
        click.echo(await response.text(), nl=False)


def main() -> None:
    """Ask the page server on this machine."""
    asyncio.run(show(f"http://127.0.0.1:{os.environ.get('PORT', '8080')}"))


if __name__ == "__main__":
    main()
