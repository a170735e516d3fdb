"""Runs the suites of exercises on many answers or submissions in one process.

`python -m workshop.tests.submissions_runner [--first] FILE…` prints one line of JSON for each file:
its path and its checks. For a submission, and with `--first` for an answer, the run stops at the
first check that does not pass. A submission is Python in a file that ends in .txt, because many
submissions have syntax errors, and ruff and mypy must not read them.
"""

import contextlib
import faulthandler
import gc
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from workshop.advice.explain import explain
from workshop.course import ROOT, Course, Exercise, discover
from workshop.course.answers import read_answer
from workshop.recorder import run_suite
from workshop.recorder.plugin import Recorder
from workshop.report import Check, decode, encode

PATIENCE = 200.0
"""Seconds for one file; then the process ends, and the next process skips the file."""
PROCESSES = 8
"""The number of xdist groups into which a long table of files is divided."""


def read_labels(text: str) -> dict[str, str]:
    """Return the labels of a submission, such as {"exercise": "greet"}, from its docstring."""
    lines = [line.removeprefix("# ") for line in text.partition('"""\n\n')[0].splitlines()]
    return dict(line.split(": ", 1) for line in lines[1:] if ": " in line)


def run_checks(exercise: Exercise, content: bytes, *words: str) -> list[Check]:
    """Run the suite of an exercise on a file with this content; return its checks.

    `words` are options of pytest.
    """
    found: list[Check] = []
    recorder = Recorder(
        lambda what: found.append(what) if isinstance(what, Check) else None, explain
    )
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        (Path(folder) / exercise.file.name).write_bytes(content)
        try:
            run_suite.run_suite(str(exercise.suite), folder, folder, [recorder], *words)
        except BaseException as error:  # what was left unclosed, or the end of the program
            print(f"{exercise.name}: {error!r:.100}", file=sys.stderr)
    return found


def run_files(files: Iterable[Path], *options: str) -> dict[Path, list[Check]]:
    """Run the suites in a child process; return the checks of each file.

    The result has no entry for a file that ended its process; a new process runs those after it.
    """
    left = list(files)
    results: dict[Path, list[Check]] = {}
    while left:
        words = [
            sys.executable,
            "-m",
            "workshop.tests.submissions_runner",
            *options,
            *map(str, left),
        ]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        pairs = [json.loads(line) for line in done.stdout.splitlines(True) if line.endswith("\n")]
        results |= {Path(file): [decode(data, Check) for data in checks] for file, checks in pairs}
        left = left[len(pairs) + 1 :]
    return results


def first_failures(folder: Path) -> dict[str, Any]:
    """Return the first check that each submission of a folder does not pass, or None, by name."""
    return {
        file.stem: next((check for check in checks if not check.passed), None)
        for file, checks in run_files(sorted(folder.glob("*.txt"))).items()
    }


def row_group(table: str, at: int) -> pytest.MarkDecorator:
    """Return the mark that puts a row of a long table into one of `PROCESSES` xdist groups."""
    return pytest.mark.xdist_group(f"{table} {at % PROCESSES}")


def files_of_group(request: pytest.FixtureRequest) -> list[Path]:
    """Return the parameter `file` of all tests in the xdist group of the running test."""
    mark = request.node.get_closest_marker("xdist_group")
    together = (i for i in request.session.items if i.get_closest_marker("xdist_group") == mark)
    found = (item.callspec.params.get("file") for item in together if hasattr(item, "callspec"))
    return sorted({file for file in found if file})


def exercise_of(course: Course, file: Path) -> Exercise:
    """Return the exercise to which a submission or an answer belongs."""
    if file.suffix == ".txt":
        return course.select(read_labels(file.read_text("utf-8", "replace"))["exercise"])[0]
    return course.select(f"{file.parents[1].name}/{file.parent.name}")[0]


def main(words: list[str]) -> None:
    """Run the suites on all files of the command line."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    course = discover()
    out, sys.stdout = sys.stdout, sys.stderr  # only results go to stdout
    first = "--first" in words
    for file in [Path(word) for word in words if word != "--first"]:
        faulthandler.dump_traceback_later(PATIENCE, exit=True)
        exercise = exercise_of(course, file)
        if file.suffix == ".txt":
            checks = run_checks(exercise, file.read_bytes(), "-x")
        else:
            answer = read_answer(exercise, file.stem).encode()
            checks = run_checks(exercise, answer, *["-x"] * first)
        gc.freeze()
        print(json.dumps([str(file), [encode(check) for check in checks]]), file=out, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
