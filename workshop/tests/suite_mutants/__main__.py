"""Command line: `python -m workshop.tests.suite_mutants [--count 25] [STEP or EXERCISE]…`.

Makes mutants of the learner's part of each solution and runs the suite of the exercise on them.
Prints how many the suite killed, and each survivor that `accepted.toml` does not list.
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
from workshop.tests.suite_mutants.accepted import Accepted, read
from workshop.tests.suite_mutants.runner import run_mutants
from workshop.tests.suite_mutants.selection import Mutant, chosen, mutants

LIMITS = checker.Limits(seconds=15)


@dataclass(frozen=True, slots=True)
class Score:
    """The result of a suite on the mutants of its exercise."""

    exercise: str
    killed: int
    survived: tuple[Mutant, ...]
    """Mutants that the suite passes and `accepted.toml` does not list."""
    accepted: int
    unneeded: tuple[Accepted, ...]
    """Entries of `accepted.toml` whose mutant is killed or does not exist."""


async def score(exercise: Exercise, most: int, entries: Sequence[Accepted]) -> Score:
    """Run the suite of an exercise on at most `most` mutants."""
    every = mutants(exercise)
    tried = chosen(every, most)
    killed = await run_mutants(exercise, tried)
    passed = [mutant for mutant, seen in zip(tried, killed, strict=True) if not seen]
    passed = [mutant for mutant in passed if not await _rejected(exercise, mutant)]
    known = {entry.name for entry in entries}
    names, let_pass = {mutant.name for mutant in every}, {mutant.name for mutant in passed}
    stays = {mutant.name for mutant in every if mutant not in tried} | let_pass
    stays |= {entry.name for entry in entries if entry.varies}
    return Score(
        exercise.key,
        len(tried) - len(passed),
        tuple(mutant for mutant in passed if mutant.name not in known),
        sum(mutant.name in known for mutant in passed),
        tuple(e for e in entries if e.name not in names & stays),
    )


async def _rejected(exercise: Exercise, mutant: Mutant) -> bool:
    """Return whether a mutant fails when it is checked in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / exercise.file.name
        file.write_bytes(mutant.source)
        return not (await checker.check(exercise, file, LIMITS)).passed


async def score_all(exercises: Sequence[Exercise], most: int, jobs: int) -> list[Score]:
    """Run the suites of these exercises, `jobs` at a time; print each result at once."""
    limit, entries = asyncio.Semaphore(jobs), read()

    async def one(exercise: Exercise) -> Score:
        async with limit:
            known = [entry for entry in entries if entry.exercise == exercise.key]
            made = await score(exercise, most, known)
            print(describe(made), flush=True)
            return made

    return await asyncio.gather(*map(one, exercises))


def describe(found: Score) -> str:
    """Return the printed lines of a result."""
    of = found.killed + len(found.survived)
    lines = [f"{found.exercise:28} {found.killed:3} of {of:3} noticed, {found.accepted} accepted"]
    for mutant in found.survived:
        lines += [f"  {mutant.exercise}.py:{mutant.line} ({mutant.kind})  {mutant.where}"]
        lines += [f"    - {mutant.was}", f"    + {mutant.now}"]
    for entry in found.unneeded:
        lines += [f"  No longer needed in accepted.toml: {entry.was}  ->  {entry.now}"]
    return "\n".join(lines)


def main() -> int:
    """Run the command; return 1 when a mutant survives or an entry is no longer needed."""
    parser = argparse.ArgumentParser(description=__doc__, prog="workshop.tests.suite_mutants")
    parser.add_argument("--count", type=int, default=25, help="how many faults of each exercise")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at once")
    parser.add_argument("names", nargs="*", metavar="STEP or EXERCISE", help="all, if none")
    options = parser.parse_args()
    course = discover()
    try:
        found = [course.select(name) for name in options.names] or [course.exercises]
    except CourseError as error:
        parser.error(str(error))
    exercises = list(dict.fromkeys(exercise for some in found for exercise in some))
    scores = asyncio.run(score_all(exercises, options.count, options.jobs))
    killed = sum(one.killed for one in scores)
    survived = sum(len(one.survived) for one in scores)
    of = killed + survived
    accepted = sum(one.accepted for one in scores)
    share = 100 * killed / of if of else 100
    print(f"{killed} of {of} faults were noticed ({share:.1f} %); {accepted} more are accepted.")
    return int(survived > 0 or any(one.unneeded for one in scores))


if __name__ == "__main__":
    sys.exit(main())
