"""Every misconception of the catalogue, shown by a small submission that has it.

The submissions' docstrings say what is asked, and what the advice must be: its key, a part of its
text, and the line that it points to ("-" for none, "*" where Pythons differ).
"""

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

import pytest

from workshop.advice.catalogue import CATALOGUE, advise, database, database_calls
from workshop.advice.clues import LIBRARY_LOCALS, SIGNALS
from workshop.advice.faults import Fault
from workshop.report import Line
from workshop.tests.submissions_runner import files_of_group, read_labels, row_group, run_files

FOLDER = Path(__file__).parent / "submissions"
FILES = sorted(FOLDER.glob("*.txt"))
SEEN_ELSEWHERE = {"no-answer", "course-file", "debugger", "large-file", "signal-refused"}
"""Advice that takes a suite with a time limit of its own, or the limits of a real check."""
SEEN_ELSEWHERE |= {entry.key for entry in (*database.ENTRIES, *database_calls.ENTRIES)}
"""`test_database_advice.py` raises the errors of SQLite themselves."""


@pytest.fixture(scope="session")
def told():
    """Return the checks of submissions by file; those of a group run in one process."""
    return {}


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(file, id=file.stem, marks=[row_group("submissions", at), pytest.mark.sampled])
        for at, file in enumerate(FILES)
    ],
)
def test_submission(request, told, file):
    """The advice has the key, the text and the line that the submission says."""
    text = file.read_text("utf-8", "replace")
    if file not in told:
        told |= run_files(files_of_group(request))
    check = next((check for check in told[file] if not check.passed), None)
    wanted = read_labels(text)
    assert check is not None, "every check passed"
    assert check.advice is not None, check
    assert check.advice.key == wanted["advice"]
    assert wanted["says"] in f"{check.advice.sentence} {check.advice.action}"
    line = check.advice.line
    if wanted["line"] in {"-", "*"}:
        assert line is None or wanted["line"] == "*"
        return
    assert line is not None
    assert line.code == wanted["line"]
    assert text.splitlines()[line.number - 1].strip() == wanted["line"]


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        (Fault("TimeoutError", ""), "no-answer"),
        (Fault("Waiting", ""), "no-answer"),
        (Fault("", "RuntimeWarning: coroutine 'Blog.index' was never awaited"), "never-awaited"),
        (Fault("TypeError", "'Response' object can't be awaited"), "sync-handler"),
        (Fault("ZeroDivisionError", "division by zero"), None),
    ],
)
def test_other_faults(fault, key):
    """Faults are explained that need another suite, a log line or another Python."""
    found = advise([fault])
    assert (found and found.key) == key


def test_first_known_fault_counts():
    """The first fault that any entry fits gives the advice."""
    found = advise([Fault("Strange", "x"), Fault("KeyError", "'Ada'"), Fault("SystemExit", "")])
    assert found is not None
    assert found.key == "key"


def test_a_general_entry_can_be_passed_over():
    """A general entry is left out where asked; a more special one is not."""
    work, sleep = (
        Fault("Stalled", "0.30", Line("exercises/a.py", 1, "f", code), raised=True)
        for code in ("work()", "time.sleep(1)")
    )
    assert advise([work]) is not None
    assert advise([work], general=False) is None
    assert advise([sleep], general=False) == advise([sleep])


def codes(code: CodeType) -> Iterator[CodeType]:
    """Yield a code object and those of all functions and classes in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)


@pytest.mark.parametrize(
    ("module", "function", "local"),
    [(*place, local) for place, names in LIBRARY_LOCALS.items() for local in names],
)
def test_libraries_have_these_locals(module, function, local):
    """The local variables by which a library's frames lead to the learner's functions exist."""
    file = importlib.import_module(module).__file__ or ""
    found = [
        code
        for code in codes(compile(Path(file).read_text("utf-8"), file, "exec"))
        if code.co_name == function and local in (*code.co_varnames, *code.co_freevars)
    ]
    assert found, f"{module} has no function {function} with a variable {local} any more"


def test_signals_are_in_the_table():
    """The functions that call the receivers of a signal are among those whose locals are read."""
    assert LIBRARY_LOCALS.keys() >= SIGNALS


def test_every_entry_is_shown():
    """No entry of the catalogue is without a submission."""
    shown = {read_labels(file.read_text("utf-8", "replace"))["advice"] for file in FILES}
    assert {entry.key for entry in CATALOGUE} - SEEN_ELSEWHERE == shown - SEEN_ELSEWHERE
