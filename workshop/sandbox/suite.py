"""How pytest is called to run one suite: with what it needs, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest_aiohttp.plugin
import pytest_asyncio.plugin

from workshop.course import ROOT

PLUGINS = (pytest_asyncio.plugin, pytest_aiohttp.plugin)
"""The only ones a suite needs; looking for others takes longer than running most suites."""
UNUSED = (
    *("cacheprovider", "capture", "debugging", "doctest"),
    *("faulthandler", "junitxml", "stepwise", "terminal"),
)
"""Plugins of pytest's own that a check can do without."""


def arguments(suite: str, tree: str, temporary: str | None = None) -> list[str]:
    """Return what pytest is called with: one suite, nothing printed, nothing cached.

    `tree` is a folder with the files that the suite asks; `temporary` is one that is thrown away
    as a whole, so that pytest need not tidy up in it.
    """
    return [
        suite,
        *([f"--basetemp={Path(temporary) / 'pytest'}"] if temporary else []),
        f"--tree={tree}",
        f"--rootdir={ROOT}",
        f"--config-file={ROOT / 'pyproject.toml'}",
        *(word for name in UNUSED for word in ("-p", f"no:{name}")),
    ]
