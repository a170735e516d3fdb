"""Many submissions, asked in a single process: `python -m workshop.tests.asking FOLDER`.

A submission is Python in a file that ends in .txt: many cannot be read, and no tool shall try.
Prints one line of JSON for each: its name, and the first check that did not pass.
"""

import gc
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from workshop.course import ROOT, Course, discover
from workshop.recorder import Recorder
from workshop.report import Check, check_from_data, to_data
from workshop.sandbox.suite import PLUGINS, arguments


def header(text):
    """Return what the docstring of a submission says, by its labels."""
    lines = text.partition('"""\n\n')[0].splitlines()
    return dict(line.split(": ", 1) for line in lines[1:] if ": " in line)


def ask(course: Course, file: Path) -> Check | None:
    """Return the first check that a submission does not pass."""
    content = file.read_bytes()
    exercise = course.select(header(content.decode("utf-8", "replace"))["exercise"])[0]
    found: list[Check] = []
    recorder = Recorder(lambda kind, what: found.append(what) if kind == "check" else None)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / exercise.file.name).write_bytes(content)
        try:
            pytest.main([*arguments(str(exercise.suite), folder), "-x"], [*PLUGINS, recorder])
        except BaseException as error:  # what was left unclosed, or the end of the program
            print(f"{file.name}: {error!r:.100}", file=sys.stderr)
    return next((check for check in found if not check.passed), None)


def ask_all(folder: Path) -> dict[str, Any]:
    """Return the first check that each submission in a folder does not pass, or None, by name.

    All of them are asked in one process beside this one.
    """
    words = [sys.executable, "-m", "workshop.tests.asking", str(folder)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    pairs = [json.loads(line) for line in done.stdout.splitlines()]
    return {name: data and check_from_data(data) for name, data in pairs}


def main(folder: str) -> None:
    """Ask every submission in a folder."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    course = discover()
    for file in sorted(Path(folder).glob("*.txt")):
        check = ask(course, file)
        gc.freeze()
        print(json.dumps([file.stem, to_data(check) if check else None]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
