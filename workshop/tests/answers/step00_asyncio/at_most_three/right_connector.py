"""The connector has the limit; SystemExit is raised by hand."""

import asyncio
from collections.abc import Iterable

import click
from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector


async def download(server: str, numbers: Iterable[int], at_most: int) -> dict[int, str]:
    """Return the texts of the pages by their numbers; ask for so many at a time."""
    connector = TCPConnector(limit=at_most)
    async with ClientSession(server, timeout=TIMEOUT, connector=connector) as session:
        async with asyncio.TaskGroup() as group:
            tasks = {number: group.create_task(fetch(session, number)) for number in numbers}
    return {number: task.result() for number, task in tasks.items()}


@click.command()
@click.argument("numbers", nargs=-1, type=int)
@click.option("--server", default="http://127.0.0.1:8080", show_default=True)
def main(numbers: tuple[int, ...], server: str) -> None:
    """Print the pages with these NUMBERS."""
    try:
        pages = asyncio.run(download(server, numbers, 3))
    except ExceptionGroup as group:
        for error in group.exceptions:
            click.echo(error, err=True)
        raise SystemExit(1) from None
    show(pages)
