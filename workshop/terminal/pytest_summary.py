"""What `pytest exercises` adds below its own output: where to look, in a few lines an exercise."""

from __future__ import annotations

import json
import sys
import warnings

import pytest

from workshop.course import ROOT, Exercise, exercise_of
from workshop.report import CARRIED, Check, decode
from workshop.terminal.glyphs import encodable, escape_controls


class PytestSummary:
    """Collects the first check of each suite that did not pass, from all processes."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[Exercise, Check]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what the recorder put on a report, the check that comes first in its suite."""
        data: str | None = getattr(report, CARRIED, None)
        if data is None:
            return
        exercise = exercise_of(ROOT / report.nodeid.partition("::")[0])
        if exercise is None:
            return
        check = decode(json.loads(data), Check)
        known = self._found.get(exercise.key)
        if known is None or _place(exercise, check) < _place(exercise, known[1]):
            self._found[exercise.key] = exercise, check

    @pytest.hookimpl(tryfirst=True)
    def pytest_unconfigure(self) -> None:
        """Leave out what Python finds unclosed at the very end: the checks have told it."""
        if self._found:
            warnings.simplefilter("ignore", pytest.PytestUnraisableExceptionWarning)

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, config: pytest.Config
    ) -> None:
        """Write a section, unless everything passed."""
        if not self._found:
            return
        own = config.getoption("--tree") == "exercises"
        encoding = sys.stdout.encoding or "ascii"
        encoding = sys.stdout.encoding or "ascii"
        terminalreporter.section("aiohttp workshop: where to look")
        for _, (exercise, check) in sorted(self._found.items()):
            for line in _lines(exercise, check, own):
                terminalreporter.write_line(encodable(escape_controls(line), encoding))


def _place(exercise: Exercise, check: Check) -> int:
    """Return how many checks of the suite come before one."""
    names = [question.name for question in exercise.questions]
    name = check.name.partition("[")[0]
    return names.index(name) if name in names else len(names)


def _lines(exercise: Exercise, check: Check, own: bool) -> list[str]:
    """Return at most six lines about a check."""
    advice = check.advice
    lines = [f"{exercise.key}: {check.sentence}"]
    if check.message:
        lines.append("  " + check.message.partition("\n")[0])
    if advice:
        lines += [f"  {advice.sentence}", f"  → {advice.action}"]
    line = (advice and advice.line) or (check.traceback[-1] if check.traceback else None)
    if line:
        lines.append(f"  {line.file}, line {line.number}: {line.code}")
    if own:
        lines.append(f"  All of it: python -m workshop check {exercise.name}")
    return lines
