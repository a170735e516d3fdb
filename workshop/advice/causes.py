"""Causes that a suite writes beside an assertion: why a value is wrong, and what to do.

    assert response.status == 303, cause(
        200,
        what="The answer to the form is the page itself, so a reload sends the form again.",
        do="Raise `web.HTTPSeeOther(…)` with the address of the post.",
    )

The message of an assertion is evaluated only when the assertion fails, and so is this. The report
shows the compared values all the same.
"""

from __future__ import annotations

import ast
import inspect
import linecache
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType

from workshop.recorder.tracebacks import definition_line, line_at, raising_frame
from workshop.report import Advice, Line
from workshop.report.comparison import Comparison, has_type

KEY = "suite"
"""The key of advice that comes from a suite."""


@dataclass(frozen=True, slots=True)
class Cause:
    """The likely cause of a wrong value, and what to do then."""

    wrong: tuple[object, ...]
    """Values, and predicates that take the actual value; an empty tuple fits any value."""
    what: str
    do: str
    at: object

    def fits(self, compared: Comparison | None) -> bool:
        """Say whether this cause explains the actual value."""
        return not self.wrong or bool(
            compared and any(_is_wrong(compared.actual, w) for w in self.wrong)
        )

    def advice(self, file: str) -> Advice:
        """Return the advice; a text in `at` is searched in `file`."""
        return Advice(KEY, self.what, self.do, _line(self.at, file))


class Causes(str):
    """The words of an assertion (none, if the comparison says enough), with causes."""

    __slots__ = ("likely",)
    likely: tuple[Cause, ...]

    def __new__(cls, words: str = "", likely: tuple[Cause, ...] = ()) -> Causes:
        """Return these words, which pytest shows, with the causes that the report knows."""
        made = super().__new__(cls, words)
        made.likely = likely
        return made

    def __or__(self, other: Causes) -> Causes:
        """Return both; where both fit, the first is shown."""
        return Causes(self or other, (*self.likely, *other.likely))

    def __ror__(self, words: str) -> Causes:
        """Return the same causes below words of the suite's own: `"No page came." | cause(…)`."""
        return Causes(words, self.likely)

    def advice(self, compared: Comparison | None, file: str) -> Advice | None:
        """Return the advice of the first cause that explains the actual value, or None."""
        fitting = (cause for cause in self.likely if cause.fits(compared))
        return next((cause.advice(file) for cause in fitting), None)


def cause(*wrong: object, what: str, do: str, when: object = True, at: object = None) -> Causes:
    """Return what to write behind the comma of an assertion.

    The cause is shown only for one of the `wrong` values, each a value or a predicate on the actual
    value (without any: every value), and only if `when` is true. `what` is wrong then, and what to
    `do` next: whole sentences. `at` is the place, where the suite knows it better than the report:
    a function of the learner's, a text that their line has, or the line itself.
    """
    return Causes("", (Cause(wrong, what, do, at),) if when else ())


def causes_of(error: BaseException | None) -> Causes | None:
    """Return the causes that stand beside the assertion that failed, or None."""
    if not isinstance(error, AssertionError):
        return None
    if error.args and has_type(error.args[0], Causes):  # nothing of pytest stood in between
        return error.args[0]
    frame, number = raising_frame(error)
    message = _message(frame, number) if frame else None
    if frame is None or message is None or isinstance(message, ast.Constant | ast.JoinedStr):
        return None
    code = compile(ast.Expression(message), frame.f_code.co_filename, "eval")
    try:  # pytest kept only the text: evaluate the message again
        evaluated = eval(code, {**frame.f_globals, **frame.f_locals})  # noqa: S307 - a suite's own line
    except Exception:
        return None
    return evaluated if has_type(evaluated, Causes) else None


def _message(frame: FrameType, number: int) -> ast.expr | None:
    """Return the message of the assertion that stands on a line, or None."""
    try:
        source = textwrap.dedent(inspect.getsource(frame.f_code))
        tree = ast.parse(source)
    except (OSError, SyntaxError):
        return None
    ast.increment_lineno(tree, frame.f_code.co_firstlineno - 1)
    evaluated = (n for n in ast.walk(tree) if isinstance(n, ast.Assert) and n.lineno == number)
    return next((node.msg for node in evaluated), None)


def _is_wrong(actual: object, wrong: object) -> bool:
    """Say whether a value is the wrong one, or one that a predicate takes for it."""
    try:
        if inspect.isroutine(wrong):
            return bool(wrong(actual))
        return bool(actual == wrong) and (
            actual is wrong or has_type(actual, bool) == has_type(wrong, bool)
        )
    except Exception:  # a value of a kind that nobody thought of
        return False


def _line(at: object, file: str) -> Line | None:
    """Return the place that a suite names."""
    if isinstance(at, Line):
        return at
    if not isinstance(at, str):
        return definition_line(at)
    return next(_lines_with(at, file), None)


def _lines_with(text: str, file: str) -> Iterator[Line]:
    for number, code in enumerate(linecache.getlines(file), 1):
        if text in code and (line := line_at(file, number)):
            yield line
