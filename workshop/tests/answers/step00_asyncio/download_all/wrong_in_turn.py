"""One page after the other, though with one session.

check: test_at_once
says: 1 came, 7 was wanted
"""

import asyncio
import os
from collections.abc import Iterable

import click
from aiohttp import ClientSession, ClientTimeout

PAGES = range(8010, 8017)
TIMEOUT = ClientTimeout(total=10)


async def fetch(session: ClientSession, number: int) -> str:
    """Return the text of a page; raise an error when the server refuses."""
    async with session.get(f"/pages/{number}") as response:
        response.raise_for_status()
        return await response.text()


async def download(server: str, numbers: Iterable[int]) -> dict[int, str]:
    """Return the texts of the pages by their numbers."""
    async with ClientSession(server, timeout=TIMEOUT) as session:
        return {number: await fetch(session, number) for number in numbers}


def main() -> None:
    """Print the pages of the server that runs on this machine."""
    server = f"http://127.0.0.1:{os.environ.get('PORT', '8080')}"
    for number, text in asyncio.run(download(server, PAGES)).items():
        click.echo(f"{number}  {text}", nl=False)


if __name__ == "__main__":
    main()
