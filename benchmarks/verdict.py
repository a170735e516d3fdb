"""Benchmark of each step: the time from save to report, compared with a new pytest process."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping, Sequence
from statistics import median

from benchmarks.figures import Figures, Row, Settings
from benchmarks.saving import Saver, Timing, contents, measure_cold, saver_in_copy
from workshop.course import Exercise, Step

GOAL_P50, GOAL_P95, GOAL_RATIO = 150.0, 250.0, 8.0
"""Goals: milliseconds on two idle cores; how many times faster than a new pytest process."""
COLD = 3
"""The number of runs of pytest for each exercise."""
TITLE = (
    f"verdict: from save to report; the goal is p50 ≤ {GOAL_P50:g} ms, p95 ≤ {GOAL_P95:g} ms,"
    f" {GOAL_RATIO:g} × cold"
)

Sides = tuple[Sequence[Timing], Sequence[Timing]]
"""The timings of an exercise: of its saves, and of pytest in a new process."""


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
    """Measure all exercises of a step; together they have at least `saves` saves."""
    each = math.ceil(saves / len(step.exercises))
    return {exercise.name: await _of_exercise(saver, exercise, each) for exercise in step.exercises}


async def _of_exercise(saver: Saver, exercise: Exercise, saves: int) -> Sides:
    """Measure saves and runs of pytest alternately, so that other load affects both."""
    warm, plain = [], []
    every = max(1, saves // COLD)
    for number, content in zip(range(saves), contents(exercise), strict=False):
        warm.append(await saver.save(exercise, content))
        if number % every == 0:
            await saver.pool.ready()
            plain.append(measure_cold(exercise))  # blocks the loop, so that nothing else runs
    return warm, plain


def row(label: str, found: Mapping[str, Sides]) -> Row:
    """Return a row of the table; times in milliseconds."""
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
        "misses": ", ".join(name for name, sides in found.items() if misses_goal(sides)) or "none",
    }


def misses_goal(sides: Sides) -> bool:
    """Return whether an exercise misses a goal by elapsed time."""
    clocks = [took.clock for took in sides[0]]
    slow = median(clocks) > GOAL_P50 or percentile(clocks, 95) > GOAL_P95
    return slow or _ratio(sides, "clock") < GOAL_RATIO


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the value that so many percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def _ratio(sides: Sides, name: str) -> float:
    """Return the median of pytest's runs divided by the median of the saves."""
    warm, plain = ([float(getattr(took, name)) for took in side] for side in sides)
    return median(plain) / max(median(warm), 0.001)
