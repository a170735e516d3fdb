"""The program asks for two at a time, though three may be.

check: test_prints
says: 2 came, 3 was wanted
"""

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
    limit = asyncio.Semaphore(at_most)

    async def one(number: int) -> str:
        async with limit:
            return await fetch(session, number)

    async with ClientSession(server, timeout=TIMEOUT) as session, asyncio.TaskGroup() as group:
        tasks = {number: group.create_task(one(number)) for number in numbers}
    return {number: task.result() for number, task in tasks.items()}


def show(pages: dict[int, str]) -> None:
    """Print the pages."""
    for number, text in pages.items():
        click.echo(f"{number}  {text}", nl=False)


@click.command()
@click.argument("numbers", nargs=-1, type=int)
@click.option("--server", default="http://127.0.0.1:8080", show_default=True)
def main(numbers: tuple[int, ...], server: str) -> None:
    """Print the pages with these NUMBERS."""
    try:
        show(asyncio.run(download(server, numbers, at_most=2)))
    except* PageError as group:
        raise click.ClickException("\n".join(map(str, group.exceptions))) from None


if __name__ == "__main__":
    main()
