"""One misconception: how it shows, what it is, what to do then."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from string import Formatter

from workshop.advice.faults import Fault
from workshop.report import Advice

FORMATTER = Formatter()
TWICE = re.compile(r"(\.\.\.|[?!…]|(?<!\.)\.)\.(?=\s|$)")
"""A full stop behind the end of a sentence; three of them are dots."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A misconception: how it shows, what it is, what to do.

    In sentence and action `{0}` is what the pattern caught; `{first}` and the like are what the
    learner's line was about, by the names of `recorder.expressions.words`.
    """

    key: str
    kinds: str
    """Kinds of faults that it can be, with "|" in between; "" for any, log lines too."""
    pattern: str
    """Looked for in the fault's text."""
    sentence: str
    action: str
    """What to do next, unless the fault comes with a guess at what was meant."""
    code: str = ""
    """Looked for in the learner's line, if given; it must have been running.

    `{0}` in it is what the pattern caught.
    """
    at: str = ""
    """Looked for in that part of the learner's line which raised it, if given, without `await`."""
    firm: bool = False
    """Whether the action stands even if there is a guess."""
    own: bool | None = None
    """True where the line itself must have raised it, False where something that it called."""
    elsewhere: bool = False
    """Whether it shows too late for any line to tell where it comes from."""
    general: bool = False
    """Whether it stands for every fault of its kind, behind the entries that know more."""

    def fits(self, fault: Fault) -> re.Match[str] | None:
        """Return what the pattern caught when this is what went wrong."""
        if self.kinds and fault.kind not in self.kinds.split("|"):
            return None
        if self.own is not None and self.own is fault.in_library:
            return None
        if self.at and not re.search(self.at, fault.words.get("written", "")):
            return None
        ran = fault.line.code if fault.line and fault.raised else ""
        found = self.compiled().search(fault.text)
        caught = re.escape(found[1] or "") if found and found.groups() else ""
        return found if found and re.search(self.code.replace("{0}", caught), ran) else None

    def compiled(self) -> re.Pattern[str]:
        """Return the pattern, ready to be looked for; made once, for that takes long."""
        return _compiled(self.pattern)

    def advice(self, fault: Fault, found: re.Match[str]) -> Advice:
        """Return the advice with what the pattern caught filled in."""
        caught = [group or "" for group in found.groups()]
        guess = "" if self.firm else fault.guess
        words = _Words(fault.words)
        sentence = ended(FORMATTER.vformat(self.sentence, caught, words))
        action = ended(guess or FORMATTER.vformat(self.action, caught, words))
        return Advice(self.key, sentence, action, None if self.elsewhere else fault.line)


def ended(sentence: str) -> str:
    """Return a sentence with one end where what was filled in had brought its own."""
    return TWICE.sub(r"\1", sentence)


class _Words(dict[str, str]):
    """Words for gaps; what there is no word for is "…"."""

    def __missing__(self, _: str) -> str:
        return "…"


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL)
