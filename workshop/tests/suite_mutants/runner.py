"""Runs a suite on many mutants in one process.

`python -m workshop.tests.suite_mutants.runner KEY SECONDS` reads a JSON list of sources from stdin
and prints a line for each: whether the suite kills it. The solution is the first and the last
source and must pass, otherwise a mutant has changed the process.
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
from workshop.tests.submissions_runner import run_checks
from workshop.tests.suite_mutants.selection import Mutant

PATIENCE = 12.0
"""Seconds for a mutant, in addition to five times the seconds of the solution."""


async def run_mutants(
    exercise: Exercise, mutants: Sequence[Mutant], patience: float = PATIENCE
) -> list[bool]:
    """Return for each mutant whether the suite kills it.

    A mutant that does not end in time ends its process, and counts as killed.
    Raises CourseError when the suite fails on the solution.
    """
    if not mutants:
        return []
    source = exercise.solution.read_bytes()
    killed = await _run_process(
        exercise, [source, *(mutant.source for mutant in mutants), source], patience
    )
    if not killed or killed[0]:
        raise CourseError(f"The suite of {exercise.key} fails on its solution.")
    results = killed[1 : len(mutants) + 1]
    if len(killed) < len(mutants) + 2:  # ended at one that never ends
        rest = await run_mutants(exercise, mutants[len(results) + 1 :], patience)
        return [*results, True, *rest][: len(mutants)]
    if killed[-1] and len(mutants) > 1:
        half = len(mutants) // 2
        parts = mutants[:half], mutants[half:]
        return [seen for part in parts for seen in await run_mutants(exercise, part, patience)]
    return results


async def _run_process(exercise: Exercise, sources: Sequence[bytes], patience: float) -> list[bool]:
    """Run the suite on the sources in a child process; return its results, in order.

    The list is shorter than `sources` when one of them ended the process.
    """
    words = [
        sys.executable,
        "-m",
        "workshop.tests.suite_mutants.runner",
        exercise.key,
        f"{patience}",
    ]
    job = json.dumps([base64.b64encode(source).decode() for source in sources])
    process = await asyncio.create_subprocess_exec(*words, cwd=ROOT, stdin=PIPE, stdout=PIPE)
    output, _ = await process.communicate(job.encode())
    return [bool(json.loads(line)) for line in output.splitlines()]


def main(key: str, patience: float) -> None:
    """Run the suite on each source of standard input."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    (exercise,) = discover().select(key)
    expected = {question.name for question in exercise.questions}
    sources = [base64.b64decode(text) for text in json.load(sys.stdin)]
    out, nowhere = os.fdopen(os.dup(1), "w"), os.open(os.devnull, os.O_WRONLY)
    for number in 1, 2:  # what a mutant prints is discarded
        os.dup2(nowhere, number)
    limit = 60.0
    for source in sources:
        began = monotonic()
        faulthandler.dump_traceback_later(limit, exit=True)
        checks = run_checks(exercise, source, "-x")
        run = {check.name.partition("[")[0] for check in checks}
        print(json.dumps(run != expected or not all(check.passed for check in checks)), file=out)
        out.flush()
        if source is sources[0]:
            limit = patience + 5 * (monotonic() - began)
        gc.freeze()
    faulthandler.cancel_dump_traceback_later()
    out.flush()
    os._exit(0)  # threads of mutants may still run


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
