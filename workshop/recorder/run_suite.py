"""A run of pytest on one suite, with only the plugins that a suite needs."""

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
"""The plugins that a suite needs; finding others takes longer than most suites."""
UNUSED_PLUGINS = (
    *("cacheprovider", "capture", "debugging", "doctest"),
    *("faulthandler", "junitxml", "stepwise", "terminal"),
)
"""Plugins of pytest that a check does not need."""


class WorkingFolder:
    """A plugin: pytest collects in the suite's folder, and the checks run in another one."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self) -> None:
        """Change to the folder of the learner's files after the collection."""
        os.chdir(self._folder)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Return to the folder: the learner's code may have left it."""
        with contextlib.suppress(OSError):  # the learner's code deleted it
            os.chdir(self._folder)


def run_suite(
    suite: str, tree: str, temporary: str, plugins: Sequence[Any], *more: str
) -> int | pytest.ExitCode:
    """Run one suite on the files of a folder, in that folder; return pytest's exit code.

    pytest gets the suite's name alone: of a whole path it would take `[` and `::` for a part of a
    test's name. `temporary` is as for `pytest_arguments`, `more` are further arguments.
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
