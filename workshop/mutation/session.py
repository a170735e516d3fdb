"""Tests that somebody wrote are run on an app and on its mutants.

pytest runs them as it runs any, on a stage of its own inside of the check that asks: out of sight.
What went wrong can be run again where it is seen.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from workshop.mutation.apart import alone, awake, unseen
from workshop.mutation.inner_pytest import Plan, Stage
from workshop.mutation.trial import Ended, Trial


@dataclass(frozen=True, slots=True)
class Session:
    """Where tests run: on this stage, with these folders; `look` is awaited before each ends."""

    stage: Stage
    folders: pytest.TempPathFactory
    look: Callable[[], Awaitable[None]]

    def hear(self, trial: Trial, app: str) -> None:
        """Run the tests on an app, the right one or a mutant; keep how they end."""
        with unseen(), awake(trial.module, str(trial.shown)):
            self._run(trial, lambda tests: trial.plan(tests, app), trial.ended)

    def show(self, trial: Trial, test: str, app: str) -> None:
        """Run one test once more, so that whoever writes down what happens can see it.

        Those that share fixtures with it run before it as ever, out of sight.
        """
        self._run(trial, lambda _: self._up_to(trial, test, app), [])

    def _up_to(self, trial: Trial, test: str, app: str) -> Iterator[tuple[str, str]]:
        together = trial.together[test]
        with unseen(), awake(trial.module, str(trial.shown)):
            yield from ((before, app) for before in together[: together.index(test)])
        yield test, app

    def _run(self, trial: Trial, plan: Plan, ended: list[Ended]) -> None:
        self.stage.equip(self.folders, self.look)
        with alone(), contextlib.chdir(Path.cwd()):
            try:
                self.stage.run(trial, plan, ended)
            except (KeyboardInterrupt, pytest.exit.Exception) as error:
                name = type(error).__name__
                raise AssertionError(f"{name} ends the whole run, not just a test.") from None
