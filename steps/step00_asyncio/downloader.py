"""Download pages: all at once, with one session, and loud when one of them fails."""

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path

import click
from aiohttp import ClientError, ClientSession, ClientTimeout

PAGES = range(8010, 8017)
"""The pages 8010 to 8016: a range ends before its second number."""
TIMEOUT = ClientTimeout(total=10)
"""Seconds that a page may take, from the request to the last byte of the answer."""


class PageError(Exception):
    """A page could not be had: which one, and why."""


async def fetch(session: ClientSession, number: int) -> str:
    """Return the text of a page; raise PageError when the server has it not, or does not answer."""
    try:
        async with session.get(f"/pages/{number}") as response:
            if response.status != 200:
                raise PageError(f"Page {number}: {response.status} {response.reason}")
            return await response.text()
    except TimeoutError:
        raise PageError(f"Page {number}: no answer within {TIMEOUT.total} s") from None
    except ClientError as error:
        raise PageError(f"Page {number}: {error}") from error


def store(folder: Path, number: int, text: str) -> None:
    """Write a page to the disk; raise PageError when that cannot be done."""
    try:
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    except OSError as error:
        raise PageError(f"Page {number}: {error.strerror}") from error


async def download(server: str, numbers: Iterable[int], folder: Path, at_most: int) -> None:
    """Download the pages into a folder, so many at a time."""
    limit = asyncio.Semaphore(at_most)

    async def one(number: int) -> None:
        async with limit:
            text = await fetch(session, number)
        await asyncio.to_thread(store, folder, number, text)

    async with ClientSession(server, timeout=TIMEOUT) as session, asyncio.TaskGroup() as group:
        for number in numbers:
            group.create_task(one(number), name=f"page {number}")


def data_folder() -> Path:
    """Return where the pages go when nobody says: WORKSHOP_DATA, or the step's own folder."""
    return Path(os.environ.get("WORKSHOP_DATA") or Path(__file__).parent / "data")


@click.command()
@click.argument("numbers", nargs=-1, type=int)
@click.option(
    "--server", default="http://127.0.0.1:8080", show_default=True, help="Where they are."
)
@click.option(
    "--folder", default=data_folder, type=click.Path(path_type=Path), help="Where they go."
)
@click.option(
    "--at-most", default=7, show_default=True, type=click.IntRange(1), help="So many at a time."
)
def main(numbers: tuple[int, ...], server: str, folder: Path, at_most: int) -> None:
    """Download the pages with these NUMBERS: 8010 to 8016 when there are none."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = numbers or PAGES
    try:
        asyncio.run(download(server, wanted, folder, at_most))
    except* PageError as group:
        raise click.ClickException("\n".join(map(str, group.exceptions))) from None
    click.echo(f"{len(wanted)} pages are on the disk.")


if __name__ == "__main__":
    main()
