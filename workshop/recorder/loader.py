"""Import of the learner's file: from its source, every time, without bytecode on the disk.

Python's bytecode cache goes by the second and the size of a file; an edit of the same length
within the same second would run the old code.
"""

from __future__ import annotations

import functools
import importlib.util
import io
import linecache
import sys
import tokenize
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from aiohttp import web

from workshop.recorder import stray_text
from workshop.recorder.call_trace import record_call
from workshop.recorder.instrument import CALL_HOOK, LINE_HOOK, compile_instrumented
from workshop.recorder.loop_stalls import record_line
from workshop.recorder.output import OutputLimitError


class SubmissionError(Exception):
    """The learner's file cannot be checked; the message says why, in a sentence."""


def load(file: Path, shown: Path | None = None) -> ModuleType:
    """Return the module of a source file. Raises what the file raises on import.

    `shown` is the path that tracebacks name, when the file is a copy; modules beside the copy are
    what its relative imports find, made afresh too. Calling `web.run_app` while the file is
    imported raises SubmissionError: it would never come back.
    """
    shown = shown or file
    source = file.read_bytes()
    text = _decode(source, shown)
    package = f"{shown.parent.parent.name}.{shown.parent.name}"
    name = f"{package}.{shown.stem}"
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    lines = io.StringIO(text, newline=None).readlines()
    linecache.cache[str(shown)] = (len(source), None, lines, str(shown))
    code = compile_instrumented(source, str(shown))
    setattr(module, LINE_HOOK, functools.partial(record_line, str(shown)))
    setattr(module, CALL_HOOK, functools.partial(record_call, str(shown)))
    if shown != file:
        _make_package(package, file.parent, shown.parent)
    sys.modules[name] = module
    run_app = web.run_app
    web.run_app = _refuse_run_app
    try:
        exec(code, module.__dict__)  # noqa: S102 - running the learner's code is what this is for
    except (SystemExit, OutputLimitError) as error:  # pytest is at ease with an Exception only
        did = "ended the program" if isinstance(error, SystemExit) else "printed without end"
        said = SubmissionError(f"Your file {did} while it was imported.")
        raise said.with_traceback(error.__traceback__) from error
    finally:
        if web.run_app is _refuse_run_app:
            web.run_app = run_app
    return module


def _refuse_run_app(*_: Any, **__: Any) -> NoReturn:
    raise SubmissionError(
        "web.run_app() was called while the file was imported, so nothing after it could run."
    )


def _decode(source: bytes, shown: Path) -> str:
    """Return the text of a source file.

    Raises SyntaxError, with the line, for NUL bytes, and for bytes that are not in the encoding
    that the file says it has: UTF-8, unless its first lines say otherwise.
    """
    encoding, problem = "utf-8", ""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    except SyntaxError as error:  # it names no line
        problem = error.msg
    start = 0
    try:
        text = source.decode(encoding)
        if not problem and (found := stray_text.find_null_bytes(source)):
            start, problem = source.find(b"\0"), f"NUL bytes ({found.kind})"
        if not problem:
            return text
    except UnicodeDecodeError as error:
        start = error.start
        problem = f"a letter that is not {encoding.upper().removesuffix('-SIG')}"
    row, column = source.count(b"\n", 0, start), start - source.rfind(b"\n", 0, start)
    line = source.split(b"\n")[row].decode("ascii", "replace").replace("\0", "")
    raise SyntaxError(f"encoding problem: {problem}", (str(shown), row + 1, column, line))


def _make_package(package: str, *folders: Path) -> None:
    """Make a package of folders, the first one first, with none of its modules imported yet."""
    for name in [n for n in sys.modules if n.startswith(f"{package}.")]:
        del sys.modules[name]
    spec = ModuleSpec(package, None, is_package=True)
    spec.submodule_search_locations = [str(folder) for folder in folders]
    sys.modules[package] = importlib.util.module_from_spec(spec)
