"""All traps: `python -m workshop.tests.traps.table` prints them, with the steps that are asked."""

from workshop import course

from . import (
    bodies,
    busy,
    guards,
    guessing,
    images,
    leaving,
    middlewares,
    outliving,
    outside,
    pages,
    photos,
    rest,
    sending,
    sessions,
    transactions,
    weight,
)
from .trap import TRAPS as FOUND

FAMILIES = (
    rest,
    outside,
    pages,
    transactions,
    images,
    weight,
    middlewares,
    sessions,
    guards,
    guessing,
    bodies,
    busy,
    leaving,
    sending,
    outliving,
    photos,
)
TRAPS = sorted(FOUND, key=lambda trap: ("TNS".index(trap.family), trap.number))
STEPS = course.discover().steps
_DOWNLOADER = "steps/step00_asyncio/test_downloader.py"
_WAITS = "steps/step00_asyncio/test_waits.py"
ELSEWHERE = {
    1: ((_DOWNLOADER, "test_all_seven"), (_DOWNLOADER, "test_a_page_that_is_not_there")),
    2: ((_DOWNLOADER, "test_full_disk"),),
    3: ((_DOWNLOADER, "test_limit"),),
    4: ((_WAITS, "test_blocking"), (_WAITS, "test_in_thread")),
    33: (("workshop/tests/test_guard.py", "test_blocks_come_from_files"),),
}
"""Traps that other tests keep out: of clients, and code that was pasted into a page."""


if __name__ == "__main__":
    for trap in TRAPS:
        labels = [step.label for step in STEPS if step.number >= trap.since]
        print(f"{trap}  {trap.sentence}\n     not in {', '.join(labels)}")
        print(f"     caught in {', '.join(broken.name for broken in trap.broken)}")
        print("".join(f"     met in {place}\n" for place in trap.met))
