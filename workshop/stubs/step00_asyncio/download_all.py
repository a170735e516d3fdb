"""All pages of the log book, at once and with one session."""

import asyncio
import os
from collections.abc import Iterable

import click
from aiohttp import ClientSession, ClientTimeout

# TODO: Let these be the numbers of the pages 8010 to 8016, all seven.
PAGES = range(0)
TIMEOUT = ClientTimeout(total=10)


async def fetch(session: ClientSession, number: int) -> str:
    """Return the text of a page; raise an error when the server refuses."""
    # TODO: GET /pages/<number>; raise an error for a bad status, else return the text.
    return ""


async def download(server: str, numbers: Iterable[int]) -> dict[int, str]:
    """Return the texts of the pages by their numbers."""
    # TODO: Make one session; fetch all pages by it, at once; return the texts by number.
    return {}


def main() -> None:
    """Print the pages of the server that runs on this machine."""
    server = f"http://127.0.0.1:{os.environ.get('PORT', '8080')}"
    for number, text in asyncio.run(download(server, PAGES)).items():
        click.echo(f"{number}  {text}", nl=False)


if __name__ == "__main__":
    main()
