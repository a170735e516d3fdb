"""Do the suites notice? `python -m workshop.tests.holes [--count 25] [STEP or EXERCISE]…`.

Puts one small fault after the other into the learner's part of a solution, and asks the suite of
the exercise. Prints how many it noticed, and each fault that it let pass: a hole in the suite,
unless `accepted.toml` says why that is right.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workshop.course import CourseError, Exercise, discover
from workshop.runner import checker
from workshop.tests.holes.accepted import Accepted, read
from workshop.tests.holes.asking import noticed
from workshop.tests.holes.choice import Mutant, chosen, mutants

LIMITS = checker.Limits(seconds=15)


@dataclass(frozen=True, slots=True)
class Score:
    """How a suite fared."""

    exercise: str
    killed: int
    survived: tuple[Mutant, ...]
    """Faults that were let pass, and are not accepted."""
    accepted: int
    unneeded: tuple[Accepted, ...]
    """Entries of the list whose fault is noticed by now, or is none."""


async def score(exercise: Exercise, most: int, entries: Sequence[Accepted]) -> Score:
    """Ask the suite of an exercise about at most so many mutants."""
    every = mutants(exercise)
    tried = chosen(every, most)
    said = await noticed(exercise, tried)
    passed = [mutant for mutant, seen in zip(tried, said, strict=True) if not seen]
    passed = [mutant for mutant in passed if not await _rejected(exercise, mutant)]
    known = {entry.name for entry in entries}
    names, let_pass = {mutant.name for mutant in every}, {mutant.name for mutant in passed}
    untried = {mutant.name for mutant in every if mutant not in tried}
    return Score(
        exercise.key,
        len(tried) - len(passed),
        tuple(mutant for mutant in passed if mutant.name not in known),
        sum(mutant.name in known for mutant in passed),
        tuple(e for e in entries if e.name not in names or e.name not in untried | let_pass),
    )


async def _rejected(exercise: Exercise, mutant: Mutant) -> bool:
    """Say whether the checker itself, in a process of its own, lets no such file pass."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / exercise.file.name
        file.write_bytes(mutant.source)
        return not (await checker.check(exercise, file, LIMITS)).passed


async def score_all(exercises: Sequence[Exercise], most: int, jobs: int) -> list[Score]:
    """Ask the suites of these exercises, so many at a time; print each when it is done."""
    limit, entries = asyncio.Semaphore(jobs), read()

    async def one(exercise: Exercise) -> Score:
        async with limit:
            known = [entry for entry in entries if entry.exercise == exercise.key]
            made = await score(exercise, most, known)
            print(told(made), flush=True)
            return made

    return await asyncio.gather(*map(one, exercises))


def told(found: Score) -> str:
    """Return what is printed of an exercise."""
    of = found.killed + len(found.survived)
    lines = [f"{found.exercise:28} {found.killed:3} of {of:3} noticed, {found.accepted} accepted"]
    for mutant in found.survived:
        lines += [f"  {mutant.exercise}.py:{mutant.line} ({mutant.kind})  {mutant.where}"]
        lines += [f"    - {mutant.was}", f"    + {mutant.now}"]
    for entry in found.unneeded:
        lines += [f"  No longer needed in accepted.toml: {entry.was}  ->  {entry.now}"]
    return "\n".join(lines)


def main() -> int:
    """Try the faults; return 1 when a suite let one pass, or an accepted one is no longer let."""
    parser = argparse.ArgumentParser(description=__doc__, prog="workshop.tests.holes")
    parser.add_argument("--count", type=int, default=25, help="how many faults of each exercise")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at once")
    parser.add_argument("names", nargs="*", metavar="STEP or EXERCISE", help="all, if none")
    asked = parser.parse_args()
    course = discover()
    try:
        found = [course.select(name) for name in asked.names] or [course.exercises]
    except CourseError as error:
        parser.error(str(error))
    exercises = list(dict.fromkeys(exercise for some in found for exercise in some))
    scores = asyncio.run(score_all(exercises, asked.count, asked.jobs))
    killed = sum(one.killed for one in scores)
    survived = sum(len(one.survived) for one in scores)
    of = killed + survived
    accepted = sum(one.accepted for one in scores)
    share = 100 * killed / of if of else 100
    print(f"{killed} of {of} faults were noticed ({share:.1f} %); {accepted} more are accepted.")
    return int(survived > 0 or any(one.unneeded for one in scores))


if __name__ == "__main__":
    sys.exit(main())
