"""The section that `pytest exercises` adds to its output: a few lines for each exercise."""

from __future__ import annotations

import json
import sys
import warnings

import pytest

from workshop.course import ROOT, Exercise, exercise_of
from workshop.report import CARRIED, Check, decode
from workshop.terminal.glyphs import encodable, escape_controls


class PytestSummary:
    """A pytest plugin that collects the first failed check of each suite, from all processes."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[Exercise, Check]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the check that the recorder attached to a report; keep the first of its suite."""
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
        """Ignore warnings about unclosed resources at the exit: the checks have reported them."""
        if self._found:
            warnings.simplefilter("ignore", pytest.PytestUnraisableExceptionWarning)

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, config: pytest.Config
    ) -> None:
        """Write the section, unless all checks passed."""
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
    """Return the position of a check in its suite."""
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
