"""Comparison of the reports of a new process and of a warm worker on the same file.

`python -m workshop.tests.report_comparison 99 [NAME]...` compares them for stub, solution and
answers of the named exercises, at most 99 files of each; without a NAME, of all exercises.
Times, ports, addresses and secrets are not compared.
"""

from __future__ import annotations

import asyncio
import difflib
import json
import random
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from workshop.course import Exercise, discover
from workshop.course.answers import read_answers, write_answer
from workshop.report import Report, encode
from workshop.runner import checker
from workshop.runner.pool import WorkerPool

LIMITS = checker.Limits(seconds=30)
ATTEMPTS = 3
READY_TIMEOUT = 60.0
VARIABLE_PARTS = re.compile(
    r'"(?:[^"\\]|\\.)*(?:PNG|JFIF|WEBP)(?:[^"\\]|\\.)*"|"\d+"|'  # pictures of noise, their sizes
    r'"[0-9a-f]{8,}"|'  # secrets that may look like a number, too
    r'"(?:runtime|seconds|size)": [\d.e-]+|'  # how long it took, how much it was
    r'"(?:start|came_end)": \d{3,}'  # where in the text of a container, which has addresses
    r"|(?:127\.0\.0\.1|localhost|\[::1\]):\d+|', \d+\)|0x[0-9a-f]+|Task-\d+"  # ports, ids
    r"|\w{3}, \d\d[- ]\w{3}[- ]\d{4} [\d:]+ GMT|\d{4}-\d\d-\d\d[T ][\d:.+]+"  # times
    r"|\d+\.\d+|\b1[5-9]\d{8}\b"
    r"|[0-9a-f]{8,}|[\w=-]{20,}"  # secrets
)


def report_lines(report: Report) -> list[str]:
    """Return a report as lines of JSON, in which `*` replaces what differs from run to run."""
    data = encode(report)
    for check in data["tests"]:  # whether a short stall is noticed, the machine decides
        check["stalls"] = check["spans"] = ()
    text = json.dumps(data, indent=1, ensure_ascii=False)
    return VARIABLE_PARTS.sub("*", text).splitlines()


def names_in(folder: Path) -> list[str]:
    """Return the names of the files and folders in a folder."""
    return [path.name for path in folder.iterdir()]


def choose_files(exercise: Exercise, most: int, folder: Path) -> list[Path]:
    """Return stub, solution and a random sample of the answers, at most `most` files.

    The answers are written to `folder`.
    """
    first, answers = [exercise.stub, exercise.solution], list(read_answers(exercise))
    chosen = random.sample(answers, max(0, min(most - len(first), len(answers))))
    return [*first, *(write_answer(exercise, name, folder) for name in chosen)][:most]


async def compare_warm_and_cold(pool: WorkerPool, exercise: Exercise, file: Path) -> list[str]:
    """Return a unified diff of the reports of a new process and of a warm worker.

    A difference is compared again, `ATTEMPTS` times in all: the result of some answers is a race.
    """
    lines: list[str] = []
    pool.expect(exercise)
    for _ in range(ATTEMPTS):
        async with asyncio.timeout(READY_TIMEOUT):
            await pool.ready()
        warm = await pool.check(exercise, file, LIMITS)
        cold = await checker.check(exercise, file, LIMITS)
        lines = list(
            difflib.unified_diff(
                report_lines(cold), report_lines(warm), "cold", "warm", "", "", 1, ""
            )
        )
        if not lines:
            break
    return lines


async def main(most: int, names: list[str]) -> None:
    """Compare at most `most` files of each exercise, and print the differences."""
    course = discover()
    chosen = [e for name in names for e in course.select(name)] or list(course.exercises)
    count = faults = 0
    async with WorkerPool(course, size=2) as pool:  # they share what is large enough
        for exercise in chosen:
            with TemporaryDirectory() as folder:
                for file in choose_files(exercise, most, Path(folder)):
                    found = await compare_warm_and_cold(pool, exercise, file)
                    count, faults = count + 1, faults + bool(found)
                    if found:
                        print(exercise.key, file.name, *found, sep="\n", flush=True)
            told = f"{count} compared, {faults} differ, {pool.cold_starts} cold"
            print(f"{exercise.key}: {told}", flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2:]))
