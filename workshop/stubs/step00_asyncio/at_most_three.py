"""A polite downloader: some pages at a time, and a clear word when one cannot be had."""

import asyncio
from collections.abc import Iterable

import click
from aiohttp import ClientError, ClientSession, ClientTimeout

TIMEOUT = ClientTimeout(total=10)


class PageError(Exception):
    """A page could not be had: which one, and why."""


async def fetch(session: ClientSession, number: int) -> str:
    """Return the text of a page; raise PageError when it cannot be had."""
    try:
        async with session.get(f"/pages/{number}") as response:
            if response.status != 200:
                raise PageError(f"Page {number}: {response.status} {response.reason}")
            return await response.text()
    except (ClientError, TimeoutError) as error:
        raise PageError(f"Page {number}: {error or 'no answer in time'}") from error


async def download(server: str, numbers: Iterable[int], at_most: int) -> dict[int, str]:
    """Return the texts of the pages by their numbers; ask for so many at a time."""
    # TODO: Fetch the pages by one session, never more than at_most of them at a time.
    return {}


def show(pages: dict[int, str]) -> None:
    """Print the pages."""
    for number, text in pages.items():
        click.echo(f"{number}  {text}", nl=False)


@click.command()
@click.argument("numbers", nargs=-1, type=int)
@click.option("--server", default="http://127.0.0.1:8080", show_default=True)
def main(numbers: tuple[int, ...], server: str) -> None:
    """Print the pages with these NUMBERS."""
    # TODO: Show the pages; for a PageError print which page and why, and end with exit code 1.
    raise click.ClickException("not done yet")


if __name__ == "__main__":
    main()
