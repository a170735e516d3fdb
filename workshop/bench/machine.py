"""On what the figures were taken."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version

import psutil

from workshop.bench.figures import Row


def facts() -> Row:
    """Return cores, versions, and how many processes wanted a core in the last minute."""
    return {
        "cores": os.cpu_count() or 1,
        "python": platform.python_version(),
        "aiohttp": version("aiohttp"),
        "system": f"{platform.system()} {platform.machine()}",
        "load_average": round(psutil.getloadavg()[0], 2),
    }
