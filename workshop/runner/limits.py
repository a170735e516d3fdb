"""The limits of a check: time, memory, processes, files, and what it may write past its report.

`events` and `process_tree` watch them from outside, `guards` sets them in the worker process.
What a report keeps of a text is in `report.text_limits`.
"""

from __future__ import annotations

from dataclasses import dataclass

from workshop.course.suite import SECONDS

FILE_LIMIT = 64 * 1024 * 1024
"""Bytes of the largest file that a check may write."""
MAX_NOISE = 4 * 1024 * 1024
"""Bytes that may be written past `sys.stdout` (by os.write or other programs)."""
MAX_KEPT_STDERR = 20_000
"""Bytes of standard error that are kept, for faults of the course itself."""
RESERVE = 256 * 1024 * 1024
"""Bytes that a process may take beyond its limit after a failure, to report it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of the resources that a check may take."""

    seconds: float = SECONDS
    """Seconds from the first line of the learner's code to the verdict."""
    memory: int = 2 * 1024**3
    """Bytes of address space of a process; also of resident memory, all processes together."""
    processes: int = 40
    """Processes that may run at once."""
    start: float = 60.0
    """Seconds that Python and the libraries may take before that, however slow the machine."""
