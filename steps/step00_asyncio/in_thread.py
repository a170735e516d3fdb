"""The slow disk once more, in a thread: the others go on."""

import asyncio

from .blocking import save
from .drawing import show
from .waits import WAITS, fetch
from .watching import watched


@watched
async def keep(page: str, seconds: float) -> None:
    """Fetch a page, and let a thread save it."""
    await asyncio.sleep(seconds)
    await asyncio.to_thread(save, page)


async def main() -> None:
    """Fetch two pages; keep the third."""
    async with asyncio.TaskGroup() as group:
        for page in "8010", "8011":
            group.create_task(fetch(page, WAITS[page]), name=page)
        group.create_task(keep("8012", WAITS["8012"]), name="8012")


if __name__ == "__main__":
    show(main())
