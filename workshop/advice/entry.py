"""An entry of the catalogue: the pattern of a fault, a sentence that explains it, an action."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from string import Formatter

from workshop.advice.faults import Fault
from workshop.report import Advice

FORMATTER = Formatter()
TWICE = re.compile(r"(\.\.\.|[?!…]|(?<!\.)\.)\.(?=\s|$)")
"""A full stop behind the end of a sentence; three of them are an ellipsis."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A misconception: which faults it explains, a sentence, an action.

    In sentence and action `{0}` is the first group of the pattern; `{first}` and the like are parts
    of the learner's line, by the names of `recorder.expressions.words`.
    """

    key: str
    kinds: str
    """The kinds of faults, with "|" in between; "" for any, log lines too."""
    pattern: str
    """A regular expression, searched in the text of the fault."""
    sentence: str
    action: str
    """What to do next, unless the fault has a suggestion."""
    line_pattern: str = ""
    """Searched in the learner's line, if given; the line must have been running.

    `{0}` in it is the first group of the pattern.
    """
    part_pattern: str = ""
    """Searched in the part of the learner's line that raised, if given, without `await`."""
    keep_action: bool = False
    """Whether the action stands even if there is a suggestion."""
    line_raised: bool | None = None
    """True where the line itself must have raised, False where something that it called."""
    no_line: bool = False
    """Whether the advice names no line, because the fault shows too late."""
    general: bool = False
    """Whether the entry fits every fault of its kind, behind the more special entries."""

    def match(self, fault: Fault) -> re.Match[str] | None:
        """Return the match of the pattern if this entry explains the fault, else None."""
        if self.kinds and fault.kind not in self.kinds.split("|"):
            return None
        if self.line_raised is not None and self.line_raised is fault.in_library:
            return None
        if self.part_pattern and not re.search(self.part_pattern, fault.words.get("written", "")):
            return None
        ran = fault.line.code if fault.line and fault.raised else ""
        found = self.compiled().search(fault.text)
        caught = re.escape(found[1] or "") if found and found.groups() else ""
        return found if found and re.search(self.line_pattern.replace("{0}", caught), ran) else None

    def compiled(self) -> re.Pattern[str]:
        """Return the compiled pattern; each is compiled once, because that takes long."""
        return _compile(self.pattern)

    def advice(self, fault: Fault, found: re.Match[str]) -> Advice:
        """Return the advice, its gaps filled with groups of the match and parts of the line."""
        caught = [group or "" for group in found.groups()]
        suggestion = "" if self.keep_action else fault.suggestion
        words = _GapWords(fault.words)
        sentence = single_full_stop(FORMATTER.vformat(self.sentence, caught, words))
        action = single_full_stop(suggestion or FORMATTER.vformat(self.action, caught, words))
        return Advice(self.key, sentence, action, None if self.no_line else fault.line)


def single_full_stop(sentence: str) -> str:
    """Return a sentence with one full stop where a filled gap ended with another."""
    return TWICE.sub(r"\1", sentence)


class _GapWords(dict[str, str]):
    """The parts of a line by their names; "…" for a name without a part."""

    def __missing__(self, _: str) -> str:
        return "…"


@functools.cache
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL)
