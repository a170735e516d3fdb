"""A program that measures the additional memory, in MiB, to shrink a picture: MODULE FILE.

The peak of a process never falls, so each measurement needs a new process.
"""

import importlib
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import psutil


def peak() -> int:
    """Return the peak of this process's memory in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        [line] = [text for text in status.read_text().splitlines() if text.startswith("VmHWM")]
        return int(line.split()[1]) * 1024
    memory = psutil.Process().memory_info()
    if hasattr(memory, "peak_wset"):  # Windows
        return int(getattr(memory, "peak_wset", 0))
    resource = importlib.import_module("resource")
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    shrink = importlib.import_module(sys.argv[1]).shrink
    file = BytesIO(Path(sys.argv[2]).read_bytes())
    before = peak()
    with suppress(Exception):  # the module may refuse the file
        shrink(file)
    print((peak() - before) >> 20)
