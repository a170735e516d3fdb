"""Run the learner's file as a module: from its source, every time, without bytecode.

Python's bytecode cache goes by the second and the size of a file; an edit of the same length
within the same second would run the old code.
"""

from __future__ import annotations

import importlib.util
import linecache
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from aiohttp import web


class SubmissionError(Exception):
    """The learner's file is not what a suite can ask; the message says why, in a sentence."""


def load(file: Path, shown: Path | None = None) -> ModuleType:
    """Return the module that a source file makes; whatever it raises on import goes through.

    `shown` is the path that tracebacks name, when the file is a copy. Calling `web.run_app`
    while the file is imported raises SubmissionError: it would never come back.
    """
    shown = shown or file
    source = file.read_bytes()
    name = f"{shown.parent.parent.name}.{shown.parent.name}.{shown.stem}"
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    _remember(source, shown)
    code = compile(source, str(shown), "exec", dont_inherit=True)
    sys.modules[name] = module
    run_app = web.run_app
    web.run_app = _refuse
    try:
        exec(code, module.__dict__)  # noqa: S102 - running the learner's code is what this is for
    finally:
        if web.run_app is _refuse:
            web.run_app = run_app
    return module


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise SubmissionError(
        "web.run_app() was called while the file was imported, so nothing after it could run."
    )


def _remember(source: bytes, shown: Path) -> None:
    """Let tracebacks quote the source that runs, whatever the file says by then."""
    lines = source.decode("utf-8-sig", "replace").splitlines(keepends=True)
    linecache.cache[str(shown)] = (len(source), None, lines, str(shown))
