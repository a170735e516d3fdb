"""What a suite knows of a wrong value: its likely cause and what to do, beside the assertion.

    assert response.status == 303, cause(
        200,
        what="The answer to the form is the page itself, so a reload sends the form again.",
        do="Raise `web.HTTPSeeOther(…)` with the address of the post.",
    )

A message of an assertion is made only when it fails, and so is this. What came and what was wanted
are reported all the same.
"""

from __future__ import annotations

import ast
import inspect
import linecache
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType

from workshop.recorder.tracebacks import line_at, place_of, raised_at
from workshop.report import Advice, Line
from workshop.report.comparison import Comparison, has_type

KEY = "suite"
"""The key of advice that comes from a suite."""


@dataclass(frozen=True, slots=True)
class Cause:
    """The likely cause of a wrong value, and what to do then."""

    wrong: tuple[object, ...]
    """Values, and predicates that take what came; none of them stand for whatever came."""
    what: str
    do: str
    at: object

    def fits(self, compared: Comparison | None) -> bool:
        """Say whether this explains what came."""
        return not self.wrong or bool(compared and any(_is(compared.actual, w) for w in self.wrong))

    def advice(self, file: str) -> Advice:
        """Return what a learner reads; `file` is where a text of `at` is looked for."""
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
        """Return both; where both would fit, the first is told."""
        return Causes(self or other, (*self.likely, *other.likely))

    def __ror__(self, words: str) -> Causes:
        """Return the same causes below words of the suite's own: `"No page came." | cause(…)`."""
        return Causes(words, self.likely)

    def advice(self, compared: Comparison | None, file: str) -> Advice | None:
        """Return the advice of the first cause that explains what came, or None."""
        fitting = (cause for cause in self.likely if cause.fits(compared))
        return next((cause.advice(file) for cause in fitting), None)


def cause(*wrong: object, what: str, do: str, when: object = True, at: object = None) -> Causes:
    """Return what to write behind the comma of an assertion.

    It is told only for one of the `wrong` values, each a value or a predicate on what came (without
    any: whatever came), and only `when` that holds. `what` is wrong then, and what to `do` next:
    whole sentences. `at` is the place, where the suite knows it better than the report: a function
    of the learner's, a text that their line has, or the line itself.
    """
    return Causes("", (Cause(wrong, what, do, at),) if when else ())


def causes_of(error: BaseException | None) -> Causes | None:
    """Return what stands beside the assertion that failed, if a suite says causes there."""
    if not isinstance(error, AssertionError):
        return None
    if error.args and has_type(error.args[0], Causes):  # nothing of pytest stood in between
        return error.args[0]
    frame, number = raised_at(error)
    message = _message(frame, number) if frame else None
    if frame is None or message is None or isinstance(message, ast.Constant | ast.JoinedStr):
        return None
    code = compile(ast.Expression(message), frame.f_code.co_filename, "eval")
    try:  # pytest kept but the words: ask for the message once more
        found = eval(code, {**frame.f_globals, **frame.f_locals})  # noqa: S307 - a suite's own line
    except Exception:
        return None
    return found if has_type(found, Causes) else None


def _message(frame: FrameType, number: int) -> ast.expr | None:
    """Return the message of the assertion that stands on a line, or None."""
    try:
        source = textwrap.dedent(inspect.getsource(frame.f_code))
        tree = ast.parse(source)
    except (OSError, SyntaxError):
        return None
    ast.increment_lineno(tree, frame.f_code.co_firstlineno - 1)
    found = (n for n in ast.walk(tree) if isinstance(n, ast.Assert) and n.lineno == number)
    return next((node.msg for node in found), None)


def _is(came: object, wrong: object) -> bool:
    """Say whether a value is the wrong one, or one that a predicate takes for it."""
    try:
        if inspect.isroutine(wrong):
            return bool(wrong(came))
        return bool(came == wrong) and (
            came is wrong or has_type(came, bool) == has_type(wrong, bool)
        )
    except Exception:  # a value of a kind that nobody thought of
        return False


def _line(at: object, file: str) -> Line | None:
    """Return the place that a suite names."""
    if isinstance(at, Line):
        return at
    if not isinstance(at, str):
        return place_of(at)
    return next(_holding(at, file), None)


def _holding(text: str, file: str) -> Iterator[Line]:
    for number, code in enumerate(linecache.getlines(file), 1):
        if text in code and (line := line_at(file, number)):
            yield line
