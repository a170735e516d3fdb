"""The table of all regressions; `python -m workshop.tests.regressions.table` prints it."""

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
from .regression import REGRESSIONS as FOUND

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
REGRESSIONS = sorted(
    FOUND, key=lambda regression: ("TNS".index(regression.family), regression.number)
)
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
"""Regressions that other tests cover: of clients, and of code pasted into a page."""


if __name__ == "__main__":
    for regression in REGRESSIONS:
        labels = [step.label for step in STEPS if step.number >= regression.first_step]
        print(f"{regression}  {regression.sentence}\n     must pass in {', '.join(labels)}")
        print(f"     fails on {', '.join(broken.name for broken in regression.broken)}")
        print("".join(f"     taught in {place}\n" for place in regression.taught_in))
