"""From save to verdict, step by step, beside `python -m pytest` of the same suite, cold."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping, Sequence
from statistics import median

from benchmarks.figures import Figures, Row, Settings
from benchmarks.saving import Saver, Took, cold, contents, saver_in_copy
from workshop.course import Exercise, Step

GOAL_P50, GOAL_P95, GOAL_RATIO = 150.0, 250.0, 8.0
"""Milliseconds on two quiet cores; times faster than cold."""
COLD = 3
"""So many cold runs of each exercise."""
TITLE = (
    f"verdict: from save to report; the goal is p50 ≤ {GOAL_P50:g} ms, p95 ≤ {GOAL_P95:g} ms,"
    f" {GOAL_RATIO:g} × cold"
)

Sides = tuple[Sequence[Took], Sequence[Took]]
"""What the saves of an exercise took, and its cold runs."""


def run(settings: Settings) -> Figures:
    """Measure every step in a copy of the course."""
    return asyncio.run(_measure(settings))


async def _measure(settings: Settings) -> Figures:
    rows = []
    async with saver_in_copy() as saver:
        for step in saver.course.steps:
            settings.log(step.label)
            rows.append(row(step.label, await _of_step(saver, step, settings.saves)))
    return Figures(TITLE, tuple(rows))


async def _of_step(saver: Saver, step: Step, saves: int) -> dict[str, Sides]:
    """Save each exercise of a step in turn, `saves` times together; ask each of them cold, too."""
    each = math.ceil(saves / len(step.exercises))
    return {exercise.name: await _of_exercise(saver, exercise, each) for exercise in step.exercises}


async def _of_exercise(saver: Saver, exercise: Exercise, saves: int) -> Sides:
    """Measure warm and cold in turn, so that whatever else the machine does meets both."""
    warm, plain = [], []
    every = max(1, saves // COLD)
    for number, content in zip(range(saves), contents(exercise), strict=False):
        warm.append(await saver.save(exercise, content))
        if number % every == 0:
            await saver.pool.ready()
            plain.append(cold(exercise))  # nothing else runs meanwhile, the loop neither
    return warm, plain


def row(label: str, found: Mapping[str, Sides]) -> Row:
    """Return a line of the table; times in milliseconds."""
    warm = [took for saves, _ in found.values() for took in saves]
    plain = [took for _, runs in found.values() for took in runs]
    clocks, processors = [t.clock for t in warm], [t.processor for t in warm]
    return {
        "step": label,
        "saves": len(warm),
        "p50_ms": round(median(clocks)),
        "p95_ms": round(percentile(clocks, 95)),
        "cpu_ms": round(median(processors)),
        "cold_ms": round(median(t.clock for t in plain)),
        "ratio": round(median(_ratio(sides, "clock") for sides in found.values()), 1),
        "by_cpu": round(median(_ratio(sides, "processor") for sides in found.values()), 1),
        "misses": ", ".join(name for name, sides in found.items() if misses(sides)) or "none",
    }


def misses(sides: Sides) -> bool:
    """Say whether an exercise misses the goal, by the clock."""
    clocks = [took.clock for took in sides[0]]
    slow = median(clocks) > GOAL_P50 or percentile(clocks, 95) > GOAL_P95
    return slow or _ratio(sides, "clock") < GOAL_RATIO


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the value that so many percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def _ratio(sides: Sides, name: str) -> float:
    """Return cold / warm, of medians."""
    warm, plain = ([float(getattr(took, name)) for took in side] for side in sides)
    return median(plain) / max(median(warm), 0.001)
