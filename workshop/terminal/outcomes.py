"""How an outcome looks in a text: its colour, its sign, its word."""

from __future__ import annotations

from workshop.report import Outcome

COLOURS = {Outcome.PASSED: "green", Outcome.FAILED: "red", Outcome.BROKEN: "yellow"}
SIGNS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.BROKEN: "!"}
WORDS = {Outcome.PASSED: "passed", Outcome.FAILED: "failed", Outcome.BROKEN: "broken"}
OPEN = "·"
"""The sign of what is not done or not known yet."""
