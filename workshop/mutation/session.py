"""Tests that somebody wrote are run on an app and on its mutants.

pytest runs them as it runs any, in a session of its own inside of the check that asks: once, out of
sight, on all apps. What went wrong can be run again where it is seen.
"""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from workshop.course import ROOT
from workshop.mutation.apart import alone, awake, unseen
from workshop.mutation.clerk import Clerk, Plan
from workshop.mutation.trial import Ended, Trial
from workshop.sandbox import suite

UNUSED = (
    *suite.UNUSED,
    *("legacypath", "pastebin", "setuponly", "setupplan", "subtests", "unittest"),
    *("assertion", "threadexception", "unraisableexception", "warnings"),
)
"""Plugins of pytest's own that nobody needs here, or that the outer session has already."""


@dataclass(frozen=True, slots=True)
class Session:
    """Where tests run: in this folder; `look` is awaited before each ends."""

    folder: Path
    look: Callable[[], Awaitable[None]]

    def hear(self, trial: Trial) -> None:
        """Run the tests on the right app and on the mutants; keep how they end."""
        with unseen(), awake(trial.module, str(trial.shown)):
            self._run(trial, trial.plan, trial.ended)

    def show(self, trial: Trial, test: str, app: str) -> None:
        """Run one test once more, so that whoever writes down what happens can see it."""
        self._run(trial, lambda _: [(test, app)], [])

    def _run(self, trial: Trial, plan: Plan, ended: list[Ended]) -> None:
        clerk = Clerk(trial, plan, ended, self.look)
        words = [
            str(trial.file),
            f"--rootdir={ROOT}",
            f"--config-file={ROOT / 'pyproject.toml'}",
            f"--basetemp={tempfile.mkdtemp(dir=self.folder)}",
            "--noconftest",
            *(word for name in UNUSED for word in ("-p", f"no:{name}")),
        ]
        with alone():
            pytest.main(words, [*suite.PLUGINS, trial.fixtures, clerk])
        if clerk.stumbled:
            raise clerk.stumbled
