"""The processors of this machine: how much this thread had of them, whether they are enough."""

from __future__ import annotations

import contextlib
import os


def used() -> tuple[float, int]:
    """Return the processor time of this thread (seconds), and how often it waited by itself.

    The second is -1 where the system does not tell.
    """
    with contextlib.suppress(ImportError):
        import resource  # Unix alone has it

        usage = resource.getrusage(getattr(resource, "RUSAGE_THREAD", resource.RUSAGE_SELF))
        return usage.ru_utime + usage.ru_stime, usage.ru_nvcsw
    return 0.0, -1


def crowded() -> bool:
    """Say whether this machine has more to do than it has processors; False where none tells."""
    try:
        return os.getloadavg()[0] > (os.cpu_count() or 1)
    except (AttributeError, OSError):  # Windows
        return False
