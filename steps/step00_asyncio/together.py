"""The same three waits, at the same time."""

import asyncio

from .drawing import show
from .waits import WAITS, fetch


async def main() -> None:
    """Ask for every page at once, and wait until all are here."""
    async with asyncio.TaskGroup() as group:
        for page, seconds in WAITS.items():
            group.create_task(fetch(page, seconds), name=page)


if __name__ == "__main__":
    show(main())
