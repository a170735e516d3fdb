"""The same three waits, and a slow disk that holds up all of them."""

import asyncio
import time

from .drawing import show
from .waits import WAITS, fetch
from .watching import watched


def save(page: str) -> None:
    """Write a page to a slow disk; `time.sleep` stands for the disk."""
    time.sleep(0.3)


@watched
async def keep(page: str, seconds: float) -> None:
    """Fetch a page and save it, as one should not."""
    await asyncio.sleep(seconds)
    save(page)


async def main() -> None:
    """Fetch two pages; keep the third."""
    async with asyncio.TaskGroup() as group:
        for page in "8010", "8011":
            group.create_task(fetch(page, WAITS[page]), name=page)
        group.create_task(keep("8012", WAITS["8012"]), name="8012")


if __name__ == "__main__":
    show(main())
