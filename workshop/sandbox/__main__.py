"""`python -m workshop.sandbox`: wait for one job, do it and be gone.

The checker starts this, keeps the time and ends it.
"""

from __future__ import annotations

import json
import sys

from workshop.sandbox.channel import Channel
from workshop.sandbox.job import do


def main() -> None:
    """Wait for a job on standard input, one line of JSON, and do it."""
    channel = Channel()
    line = sys.stdin.readline()
    if line:  # otherwise the checker is gone
        do(json.loads(line), channel)


if __name__ == "__main__":
    main()
