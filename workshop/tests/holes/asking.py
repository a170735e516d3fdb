"""One process that asks many mutants: `python -m workshop.tests.holes.asking KEY SECONDS`.

It reads their sources as JSON and prints a line for each: whether the suite noticed. The solution
is asked first and last, and must pass: else a mutant left the process in disorder.
"""

from __future__ import annotations

import asyncio
import base64
import faulthandler
import gc
import json
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import Sequence
from time import monotonic

from workshop.course import ROOT, CourseError, Exercise, discover
from workshop.tests.asking import ask
from workshop.tests.holes.choice import Mutant

PATIENCE = 12.0
"""Seconds in which a mutant has to be judged, and five times what the solution takes."""


async def noticed(
    exercise: Exercise, mutants: Sequence[Mutant], patience: float = PATIENCE
) -> list[bool]:
    """Say of each mutant whether the suite notices; raises CourseError if it fails as it is.

    A mutant that never ends takes its process along, and is noticed.
    """
    if not mutants:
        return []
    source = exercise.solution.read_bytes()
    said = await _told(exercise, [source, *(mutant.source for mutant in mutants), source], patience)
    if not said or said[0]:
        raise CourseError(f"The suite of {exercise.key} fails on its solution.")
    judged = said[1 : len(mutants) + 1]
    if len(said) < len(mutants) + 2:  # ended at one that never ends
        rest = await noticed(exercise, mutants[len(judged) + 1 :], patience)
        return [*judged, True, *rest][: len(mutants)]
    if said[-1] and len(mutants) > 1:
        half = len(mutants) // 2
        parts = mutants[:half], mutants[half:]
        return [seen for part in parts for seen in await noticed(exercise, part, patience)]
    return judged


async def _told(exercise: Exercise, sources: Sequence[bytes], patience: float) -> list[bool]:
    """Return what another process says of the sources, up to the one that it cannot end with."""
    words = [sys.executable, "-m", "workshop.tests.holes.asking", exercise.key, f"{patience}"]
    asked = json.dumps([base64.b64encode(source).decode() for source in sources])
    process = await asyncio.create_subprocess_exec(*words, cwd=ROOT, stdin=PIPE, stdout=PIPE)
    said, _ = await process.communicate(asked.encode())
    return [bool(json.loads(line)) for line in said.splitlines()]


def main(key: str, patience: float) -> None:
    """Ask the suite about each source that standard input has."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    (exercise,) = discover().select(key)
    names = {question.name for question in exercise.questions}
    sources = [base64.b64decode(text) for text in json.load(sys.stdin)]
    out, nowhere = os.fdopen(os.dup(1), "w"), os.open(os.devnull, os.O_WRONLY)
    for number in 1, 2:  # what a mutant prints is no news
        os.dup2(nowhere, number)
    limit = 60.0
    for source in sources:
        began = monotonic()
        faulthandler.dump_traceback_later(limit, exit=True)
        checks = ask(exercise, source, "-x")
        asked = {check.name.partition("[")[0] for check in checks}
        print(json.dumps(asked != names or not all(check.passed for check in checks)), file=out)
        out.flush()
        if source is sources[0]:
            limit = patience + 5 * (monotonic() - began)
        gc.freeze()
    faulthandler.cancel_dump_traceback_later()
    out.flush()
    os._exit(0)  # whatever a mutant has left behind


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
