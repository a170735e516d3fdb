"""How pytest is called to run one suite: with what it needs, and nothing else."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import pytest_aiohttp.plugin
import pytest_asyncio.plugin

from workshop.course import ROOT

PLUGINS = (pytest_asyncio.plugin, pytest_aiohttp.plugin)
"""The only ones a suite needs; looking for others takes longer than running most suites."""
UNUSED_PLUGINS = (
    *("cacheprovider", "capture", "debugging", "doctest"),
    *("faulthandler", "junitxml", "stepwise", "terminal"),
)
"""Plugins of pytest's own that a check can do without."""


class WorkingFolder:
    """Lets a suite be read in its own folder, and its checks run in another one."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self) -> None:
        """Go to the folder: what is asked comes now."""
        os.chdir(self._folder)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Come back: at the end pytest goes to where it was called."""
        with contextlib.suppress(OSError):  # the code that was asked deleted it
            os.chdir(self._folder)


def run_suite(
    suite: str, tree: str, temporary: str, plugins: Sequence[Any], *more: str
) -> int | pytest.ExitCode:
    """Run one suite on the files of a folder, and in it; return how pytest ended.

    pytest gets the suite's name alone: of a whole path it would take `[` and `::` for a part of a
    test's name. `temporary` and `more` are as for `arguments`.
    """
    file = Path(suite)
    os.chdir(file.parent)
    words = [*pytest_arguments(file.name, tree, temporary), *more]
    return pytest.main(words, [*PLUGINS, *plugins, WorkingFolder(tree)])


def pytest_arguments(suite: str, tree: str, temporary: str) -> list[str]:
    """Return what pytest is called with: one suite, nothing printed, nothing cached.

    `tree` is a folder with the files that the suite asks; `temporary` is one that is thrown away
    as a whole, so that pytest need not tidy up in it. The root is the folder of the settings' file:
    in `--rootdir` pytest would replace what looks like a variable, such as `$HOME`.
    """
    return [
        suite,
        f"--basetemp={Path(temporary) / 'pytest'}",
        f"--tree={tree}",
        f"--config-file={ROOT / 'pyproject.toml'}",
        *(word for name in UNUSED_PLUGINS for word in ("-p", f"no:{name}")),
    ]
