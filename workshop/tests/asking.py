"""Many files, asked in a single process: `python -m workshop.tests.asking [--first] FILE…`.

A file is an answer to an exercise, or a submission: Python in a file that ends in .txt, because
many cannot be read, and no tool shall try. Prints one line of JSON for each file: its path and its
checks; of a submission, and with `--first` of an answer, those up to the first that did not pass.
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
"""Seconds after which a file is one that this process cannot end with."""
PROCESSES = 8
"""Processes that share a long table of files: so many can run at the same time."""


def header(text):
    """Return what the docstring of a submission, or its remarks, say by their labels."""
    lines = [line.removeprefix("# ") for line in text.partition('"""\n\n')[0].splitlines()]
    return dict(line.split(": ", 1) for line in lines[1:] if ": " in line)


def ask(exercise: Exercise, content: bytes, *words: str) -> list[Check]:
    """Return the checks of an exercise, as a file with this content fares in them."""
    found: list[Check] = []
    recorder = Recorder(
        lambda what: found.append(what) if isinstance(what, Check) else None, explain
    )
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        (Path(folder) / exercise.file.name).write_bytes(content)
        try:
            run_suite.ask(str(exercise.suite), folder, folder, [recorder], *words)
        except BaseException as error:  # what was left unclosed, or the end of the program
            print(f"{exercise.name}: {error!r:.100}", file=sys.stderr)
    return found


def asked(files: Iterable[Path], *options: str) -> dict[Path, list[Check]]:
    """Return the checks that a process beside this one told, by the file.

    A file that the process cannot end with is not there; another process goes on behind it.
    """
    left = list(files)
    told: dict[Path, list[Check]] = {}
    while left:
        words = [sys.executable, "-m", "workshop.tests.asking", *options, *map(str, left)]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        pairs = [json.loads(line) for line in done.stdout.splitlines(True) if line.endswith("\n")]
        told |= {Path(file): [decode(data, Check) for data in checks] for file, checks in pairs}
        left = left[len(pairs) + 1 :]
    return told


def ask_all(folder: Path) -> dict[str, Any]:
    """Return the first check that each submission in a folder does not pass, or None, by name."""
    return {
        file.stem: next((check for check in checks if not check.passed), None)
        for file, checks in asked(sorted(folder.glob("*.txt"))).items()
    }


def group(table: str, at: int) -> pytest.MarkDecorator:
    """Return the mark that gives a row of a long table to one of the `PROCESSES`."""
    return pytest.mark.xdist_group(f"{table} {at % PROCESSES}")


def selected(request: pytest.FixtureRequest) -> list[Path]:
    """Return the `file` of all tests that run in the group of this one."""
    mark = request.node.get_closest_marker("xdist_group")
    together = (i for i in request.session.items if i.get_closest_marker("xdist_group") == mark)
    found = (item.callspec.params.get("file") for item in together if hasattr(item, "callspec"))
    return sorted({file for file in found if file})


def asks(course: Course, file: Path) -> Exercise:
    """Return the exercise that a submission or an answer is for."""
    if file.suffix == ".txt":
        return course.select(header(file.read_text("utf-8", "replace"))["exercise"])[0]
    return course.select(f"{file.parents[1].name}/{file.parent.name}")[0]


def main(words: list[str]) -> None:
    """Ask every file that the words name."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    course = discover()
    out, sys.stdout = sys.stdout, sys.stderr  # what a file prints is no news
    first = "--first" in words
    for file in [Path(word) for word in words if word != "--first"]:
        faulthandler.dump_traceback_later(PATIENCE, exit=True)
        exercise = asks(course, file)
        if file.suffix == ".txt":
            checks = ask(exercise, file.read_bytes(), "-x")
        else:
            answer = read_answer(exercise, file.stem).encode()
            checks = ask(exercise, answer, *["-x"] * first)
        gc.freeze()
        print(json.dumps([str(file), [encode(check) for check in checks]]), file=out, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
