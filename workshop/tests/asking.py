"""Many files, asked in a single process: `python -m workshop.tests.asking FOLDER` or EXERCISE.

With a second word it asks only the answers whose name begins so, up to their first trouble.

A folder holds submissions: Python in a file that ends in .txt, because many cannot be read, and no
tool shall try. An exercise has answers. Prints one line of JSON for each: its name and the checks,
of a submission those up to the first that did not pass.
"""

import contextlib
import faulthandler
import gc
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from workshop.course import ROOT, Exercise, discover
from workshop.recorder import Recorder
from workshop.report import Check, check_from_data, to_data
from workshop.sandbox import suite

PATIENCE = 200.0
"""Seconds after which a file is one that this process cannot end with."""


def header(text):
    """Return what the docstring of a submission, or its remarks, say by their labels."""
    lines = [line.removeprefix("# ") for line in text.partition('"""\n\n')[0].splitlines()]
    return dict(line.split(": ", 1) for line in lines[1:] if ": " in line)


def ask(exercise: Exercise, content: bytes, *words: str) -> list[Check]:
    """Return the checks of an exercise, as a file with this content fares in them."""
    found: list[Check] = []
    recorder = Recorder(lambda kind, what: found.append(what) if kind == "check" else None)
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        (Path(folder) / exercise.file.name).write_bytes(content)
        try:
            suite.ask(str(exercise.suite), folder, folder, [recorder], *words)
        except BaseException as error:  # what was left unclosed, or the end of the program
            print(f"{exercise.name}: {error!r:.100}", file=sys.stderr)
    return found


def asked(*what: str) -> dict[str, list[Check]]:
    """Return the checks that a process beside this one told, by the name of the file.

    It ends at a file that it cannot end with; that one, and those after it, are not there.
    """
    words = [sys.executable, "-m", "workshop.tests.asking", *what]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    pairs = [json.loads(line) for line in done.stdout.splitlines(True) if line.endswith("\n")]
    return {name: [check_from_data(data) for data in checks] for name, checks in pairs}


def ask_all(folder: Path) -> dict[str, Any]:
    """Return the first check that each submission in a folder does not pass, or None, by name."""
    return {
        name: next((check for check in checks if not check.passed), None)
        for name, checks in asked(str(folder)).items()
    }


def main(what: str, begin: str = "") -> None:
    """Ask every submission in a folder, or every answer of an exercise by its key."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    course = discover()
    chosen = course.select(what) if not Path(what).is_dir() else []
    answers = [file for exercise in chosen for file in exercise.answers.glob(f"{begin}*.py")]
    out, sys.stdout = sys.stdout, sys.stderr  # what a file prints is no news
    for file in sorted(answers or Path(what).glob("*.txt")):
        faulthandler.dump_traceback_later(PATIENCE, exit=True)
        content = file.read_bytes()
        if chosen:
            checks = ask(chosen[0], content, *["-x"] * bool(begin))
        else:
            name = header(content.decode("utf-8", "replace"))["exercise"]
            checks = ask(course.select(name)[0], content, "-x")
        gc.freeze()
        print(json.dumps([file.stem, [to_data(check) for check in checks]]), file=out, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
