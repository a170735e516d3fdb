"""Something that went wrong, as the catalogue of misconceptions looks at it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from workshop.evidence.difference import Comparison, said, written
from workshop.evidence.serverhalf import Half, Returned
from workshop.evidence.tracing import culprit, line_below, lines_of, made_at
from workshop.misconceptions.guesses import guess
from workshop.report import Line

TYPE = re.compile(r"(text|image|application|multipart|audio|video|font)/\S+ \w+/\S+$")
"""Two content types that were compared."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that went wrong: a kind, mostly an exception's name, and its text."""

    kind: str
    text: str
    line: Line | None = None
    """The learner's line that it came from."""
    guess: str = ""
    """What was probably meant, as a sentence."""
    raised: bool = False
    """Whether `line` itself was running, not only the function that begins there called."""

    @classmethod
    def of(cls, error: BaseException, place: Line | None = None) -> Fault:
        """Return the fault that an exception stands for.

        `place` is the line to look at when the exception itself tells none.
        """
        lines = lines_of(error)
        text = error.msg if isinstance(error, SyntaxError) else said(error)
        held = culprit(error) if isinstance(error, Warning) or not lines else None
        line = held or (lines[-1] if lines else place)
        return cls(type(error).__name__, text, line, guess(error), bool(lines) and held is None)

    @classmethod
    def returned(cls, returned: Returned) -> Fault:
        """Return the fault that something is no response."""
        lines = tuple(made_at(returned.what)) or (returned.place,)
        thing = returned.what
        if isinstance(thing, type) or inspect.iscoroutine(thing):
            what = thing.__qualname__
        elif returned.kind == "HTTPException":
            what = type(thing).__name__
        else:
            what = written(thing)[:60]
        return cls("Returned", f"{returned.kind} {returned.who} {what}", lines[-1])

    @classmethod
    def unhandled(cls, half: Half) -> Fault:
        """Return the fault that any exception in a handler is."""
        lines = lines_of(half.error)
        text = f"{half.match.handler} {half.done().error}"
        return cls("Unhandled", text, lines[-1] if lines else half.match.place)

    @classmethod
    def answered(cls, half: Half, compared: Comparison) -> Iterator[Fault]:
        """Yield the fault that an answer shows which came about without any error."""
        came, wanted = compared.came, compared.wanted
        if came == half.match.status and came in {404, 405}:
            kind = f"No route {came}" if half.match.nearest else "No routes"
            path = half.target.partition("?")[0]
            nearest = ", ".join(f"`{name}`" for name in half.match.nearest)
            yield cls(kind, f"{half.method} {path} {nearest}")
        elif came == 501 and isinstance(came, int):
            place = half.match.place
            line = (line_below(place, "501") or place) if place else None
            yield cls("Stub", half.match.handler or "", line)
        elif isinstance(came, str) and isinstance(wanted, str) and TYPE.match(f"{came} {wanted}"):
            yield cls("Content type", f"{came} {wanted}", half.match.place)
