"""Twenty requests, one after the other: how many connections does the server see?"""

import asyncio

import click
from aiohttp import ClientSession

from steps.step00_asyncio.serving import page_server


async def ask(session: ClientSession, path: str) -> dict[str, int]:
    """Return what the server answers, if it is JSON."""
    async with session.get(path) as response:
        response.raise_for_status()
        return await response.json() if response.content_type == "application/json" else {}


async def a_session_each(server: str) -> None:
    """Make a session for each request, as if it were a function of the library."""
    for _ in range(20):
        async with ClientSession(server) as session:
            await ask(session, "/pages/8012")


async def one_session(server: str) -> None:
    """Make one session for all requests."""
    async with ClientSession(server) as session:
        for _ in range(20):
            await ask(session, "/pages/8012")


async def count(server: str) -> int:
    """Return how many connections there were."""
    async with ClientSession(server) as session:
        return (await ask(session, "/traffic"))["connections"]


def main() -> None:
    """Ask in both ways, each time a new server."""
    for way in a_session_each, one_session:
        with page_server(latency=0) as server:
            asyncio.run(way(server))
            found = asyncio.run(count(server))
        click.echo(f"{way.__name__.replace('_', ' '):16}{found:3} connection{'s' * (found > 1)}")


if __name__ == "__main__":
    main()
