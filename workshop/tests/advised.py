"""What do wrong answers get? `python -m workshop.tests.advised [--jobs 2] [--show] [EXERCISE]…`.

Of the first check that each `wrong_*.py` does not pass it counts those without an action, and those
without a place in the learner's file; prints both shares, and lists them. Ends with 1 above the
limits, `--show` prints what all of them get.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from workshop import course
from workshop.course import CourseError, Exercise
from workshop.course.answers import write_answer
from workshop.report import Check
from workshop.runner import checker
from workshop.tests.asking import asked

WITHOUT_ACTION = Fraction(5, 100)
"""Of the wrong answers at most so many may get no action."""
WITHOUT_PLACE = Fraction(0)


@dataclass(frozen=True, slots=True)
class Given:
    """What a wrong answer gets at the first check that it does not pass; None for no such check."""

    key: str
    """The exercise and the answer: "step00/retry/wrong_post_again"."""
    check: Check | None

    @property
    def has_action(self) -> bool:
        """Whether the learner reads what to do next."""
        return bool(self.check and self.check.advice and self.check.advice.action)

    @property
    def has_place(self) -> bool:
        """Whether a line of the learner's file is named."""
        return bool(self.check and self.check.place)


def given(exercise: Exercise) -> list[Given]:
    """Return what each wrong answer of an exercise gets."""
    files = sorted(exercise.answers.glob("wrong_*.py"))
    found = asked(files, "--first")
    return [
        Given(
            f"{exercise.key}/{file.stem}",
            next((c for c in found[file] if not c.passed), None)
            if file in found
            else checked(exercise, file.stem),
        )
        for file in files
    ]


def checked(exercise: Exercise, name: str) -> Check | None:
    """Return the first check that an answer does not pass when the checker itself judges it."""
    with TemporaryDirectory() as folder:
        file = write_answer(exercise, name, Path(folder))
        return asyncio.run(checker.check(exercise, file)).first_trouble


def chosen(words: Sequence[str]) -> Iterator[Exercise]:
    """Yield the exercises that some words choose, all of them without any."""
    exercises = course.discover()
    for word in words:
        yield from exercises.select(word)
    if not words:
        yield from exercises.exercises


def listed(answers: list[Given]) -> Iterator[str]:
    """Yield a line for each answer that lacks something, and the shares."""
    shares = {
        "action": ([a for a in answers if not a.has_action], WITHOUT_ACTION),
        "place": ([a for a in answers if not a.has_place], WITHOUT_PLACE),
    }
    for what, (without, _) in shares.items():
        yield from (f"no {what}: {told(answer)}" for answer in without)
    for what, (without, most) in shares.items():
        share = len(without) / len(answers)
        yield (
            f"{len(without)} of {len(answers)} wrong answers ({share:.1%}) get no {what};"
            f" at most {float(most):.0%} may."
        )


def above(answers: list[Given]) -> bool:
    """Say whether more of them lack something than may."""
    actions = sum(not answer.has_action for answer in answers)
    places = sum(not answer.has_place for answer in answers)
    return actions > WITHOUT_ACTION * len(answers) or places > WITHOUT_PLACE * len(answers)


def told(answer: Given) -> str:
    """Return an answer and the message that it gets."""
    check = answer.check
    message = (check.message or "").partition("\n")[0] if check else "every check passed"
    return f"{answer.key} ({check.name if check else '-'}): {message[:100]}"


def shown(answer: Given) -> Iterator[str]:
    """Yield what an answer gets, line by line."""
    yield told(answer)
    advice = answer.check.advice if answer.check else None
    place = answer.check.place if answer.check else None
    if advice:
        yield f"    {advice.sentence}"
        yield f"    → {advice.action}"
    if place:
        yield f"    {place.file}, line {place.number}: {place.code}"


def main(words: list[str]) -> int:
    """Count, print, and return the exit code: 2 for a word that chooses nothing."""
    parser = argparse.ArgumentParser(prog="nox -s advice --", description=__doc__)
    parser.add_argument("exercises", nargs="*", help="steps or exercises; without any, all")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at a time")
    parser.add_argument("--show", action="store_true", help="print what every answer gets")
    options = parser.parse_args(words)
    try:
        exercises = list(chosen(options.exercises))
    except CourseError as error:
        print(error, file=sys.stderr)
        return 2
    with ThreadPoolExecutor(options.jobs) as pool:
        answers = [answer for some in pool.map(given, exercises) for answer in some]
    if options.show:
        for answer in answers:
            print("\n".join(shown(answer)))
    print("\n".join(listed(answers)))
    return int(above(answers))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
