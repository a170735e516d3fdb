"""Not longer than this: a timeout cancels what is not done."""

import asyncio

import click

from .waits import WAITS


async def fetch(page: str, seconds: float) -> None:
    """Ask for a page, and say how that ended."""
    try:
        await asyncio.sleep(seconds)
        click.echo(f"{page} is here")
    except asyncio.CancelledError:
        click.echo(f"{page} given up")
        raise


async def main() -> None:
    """Fetch what comes within 0.15 seconds."""
    try:
        async with asyncio.timeout(0.15), asyncio.TaskGroup() as group:
            for page, seconds in WAITS.items():
                group.create_task(fetch(page, seconds), name=page)
    except TimeoutError:
        click.echo("Time is up.")


if __name__ == "__main__":
    asyncio.run(main())
