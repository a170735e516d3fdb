"""Selection of mutants: of the learner's part of a solution, even over lines and kinds."""

from __future__ import annotations

import difflib
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workshop.course import Exercise
from workshop.tests.suite_mutants.changes import changes


@dataclass(frozen=True, slots=True)
class Mutant:
    """A solution with one change."""

    exercise: str
    """The key of the exercise."""
    line: int
    kind: str
    where: str
    """The text of the changed line."""
    was: str
    now: str
    source: bytes

    @property
    def name(self) -> tuple[str, str, str, str]:
        """The identity of a mutant: it has no line number, which other edits change."""
        return self.exercise, self.where, self.was, self.now


def mutants(exercise: Exercise) -> list[Mutant]:
    """Return all mutants of the learner's part of a solution, in order."""
    source = exercise.solution.read_bytes()
    rows = source.decode().splitlines()
    lines = learners_lines(exercise.stub.read_text("utf-8").splitlines(), rows)
    return [
        Mutant(
            exercise.key,
            change.line,
            change.kind,
            rows[change.line - 1].strip(),
            change.was(source),
            " ".join(change.now.split()),
            change.made(source),
        )
        for change in changes(source, lines)
    ]


def learners_lines(stub: Sequence[str], solution: Sequence[str]) -> set[int]:
    """Return the numbers of the lines of a solution that its stub leaves to the learner."""
    matcher = difflib.SequenceMatcher(None, stub, solution, autojunk=False)
    return {
        number
        for tag, _, _, first, last in matcher.get_opcodes()
        if tag != "equal"
        for number in range(first + 1, last + 1)
    }


def chosen(every: Sequence[Mutant], most: int) -> list[Mutant]:
    """Return at most `most` mutants, always the same ones, even over lines and kinds."""
    left = list(every)
    random.Random(left[0].exercise if left else "").shuffle(left)
    lines: Counter[int] = Counter()
    kinds: Counter[str] = Counter()
    taken: list[Mutant] = []
    while left and len(taken) < most:
        best = min(left, key=lambda mutant: lines[mutant.line] + kinds[mutant.kind])
        left.remove(best)
        lines[best.line] += 1
        kinds[best.kind] += 1
        taken.append(best)
    return sorted(taken, key=lambda mutant: mutant.line)
