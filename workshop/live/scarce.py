"""When the system opens no more files: one sentence, however often it is met."""

from __future__ import annotations

import errno
import logging
from asyncio import AbstractEventLoop
from collections.abc import Callable
from typing import Any

logger = logging.getLogger(__name__)
SCARCE = frozenset({errno.EMFILE, errno.ENFILE})
FEW_FILES = (
    "The system opens no more files for this course, so some of what you ask for fails."
    " Close programs and tabs that you do not need; on Linux and macOS, end the course,"
    ' type "ulimit -n 4096" and start it again.'
)


def few_files(error: object) -> bool:
    """Whether an error says that the system opens no more files."""
    return isinstance(error, OSError) and error.errno in SCARCE


def told_once() -> Callable[[AbstractEventLoop, dict[str, Any]], None]:
    """Return a loop's handler of errors that says once that files are scarce, not at each try."""
    told = False

    def handle(loop: AbstractEventLoop, context: dict[str, Any]) -> None:
        nonlocal told
        if not few_files(context.get("exception")):
            loop.default_exception_handler(context)
        elif not told:
            told = True
            logger.warning(FEW_FILES)

    return handle
