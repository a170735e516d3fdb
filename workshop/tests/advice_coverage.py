"""The coverage of advice: which wrong answers get an action and a place (`nox -s advice`).

`python -m workshop.tests.advice_coverage [--jobs 2] [--show] [EXERCISE]…` runs each `wrong_*.py`
up to the first check that does not pass. It lists the checks whose advice has no action and those
that name no line of the learner's file, and prints both shares. The exit code is 1 above the
limits. `--show` prints the advice of every answer.
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
from workshop.tests.submissions_runner import run_files

WITHOUT_ACTION = Fraction(5, 100)
"""The largest share of wrong answers without an action."""
WITHOUT_PLACE = Fraction(0)
"""The largest share of wrong answers without a place."""


@dataclass(frozen=True, slots=True)
class AnswerAdvice:
    """A wrong answer and the first check that it does not pass; None if it passes all."""

    key: str
    """The exercise and the answer: "step00/retry/wrong_post_again"."""
    check: Check | None

    @property
    def has_action(self) -> bool:
        """Whether the advice has an action."""
        return bool(self.check and self.check.advice and self.check.advice.action)

    @property
    def has_place(self) -> bool:
        """Whether the check names a line of the learner's file."""
        return bool(self.check and self.check.place)


def advice_for(exercise: Exercise) -> list[AnswerAdvice]:
    """Run each wrong answer of an exercise; return what each gets."""
    files = sorted(exercise.answers.glob("wrong_*.py"))
    checks = run_files(files, "--first")
    return [
        AnswerAdvice(
            f"{exercise.key}/{file.stem}",
            next((c for c in checks[file] if not c.passed), None)
            if file in checks
            else check_answer(exercise, file.stem),
        )
        for file in files
    ]


def check_answer(exercise: Exercise, name: str) -> Check | None:
    """Check an answer in a process of its own; return the first check that it does not pass."""
    with TemporaryDirectory() as folder:
        file = write_answer(exercise, name, Path(folder))
        return asyncio.run(checker.check(exercise, file)).first_trouble


def select_exercises(arguments: Sequence[str]) -> Iterator[Exercise]:
    """Yield the exercises with these names; all exercises where no name is given.

    Raises CourseError when a name is unknown.
    """
    exercises = course.discover()
    for word in arguments:
        yield from exercises.select(word)
    if not arguments:
        yield from exercises.exercises


def summary_lines(answers: list[AnswerAdvice]) -> Iterator[str]:
    """Yield a line for each answer without an action or a place, then the two shares."""
    shares = {
        "action": ([a for a in answers if not a.has_action], WITHOUT_ACTION),
        "place": ([a for a in answers if not a.has_place], WITHOUT_PLACE),
    }
    for what, (without, _) in shares.items():
        yield from (f"no {what}: {describe(answer)}" for answer in without)
    for what, (without, most) in shares.items():
        share = len(without) / len(answers)
        yield (
            f"{len(without)} of {len(answers)} wrong answers ({share:.1%}) get no {what};"
            f" at most {float(most):.0%} may."
        )


def exceeds_limits(answers: list[AnswerAdvice]) -> bool:
    """Return whether a share is above its limit."""
    actions = sum(not answer.has_action for answer in answers)
    places = sum(not answer.has_place for answer in answers)
    return actions > WITHOUT_ACTION * len(answers) or places > WITHOUT_PLACE * len(answers)


def describe(answer: AnswerAdvice) -> str:
    """Return an answer, its check and the first line of the message."""
    check = answer.check
    message = (check.message or "").partition("\n")[0] if check else "every check passed"
    return f"{answer.key} ({check.name if check else '-'}): {message[:100]}"


def detail_lines(answer: AnswerAdvice) -> Iterator[str]:
    """Yield the lines that show an answer with its advice and place."""
    yield describe(answer)
    advice = answer.check.advice if answer.check else None
    place = answer.check.place if answer.check else None
    if advice:
        yield f"    {advice.sentence}"
        yield f"    → {advice.action}"
    if place:
        yield f"    {place.file}, line {place.number}: {place.code}"


def main(arguments: list[str]) -> int:
    """Run the command; return its exit code: 2 when a name is unknown."""
    parser = argparse.ArgumentParser(prog="nox -s advice --", description=__doc__)
    parser.add_argument("exercises", nargs="*", help="steps or exercises; without any, all")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at a time")
    parser.add_argument("--show", action="store_true", help="print what every answer gets")
    options = parser.parse_args(arguments)
    try:
        exercises = list(select_exercises(options.exercises))
    except CourseError as error:
        print(error, file=sys.stderr)
        return 2
    with ThreadPoolExecutor(options.jobs) as pool:
        answers = [answer for some in pool.map(advice_for, exercises) for answer in some]
    if options.show:
        for answer in answers:
            print("\n".join(detail_lines(answer)))
    print("\n".join(summary_lines(answers)))
    return int(exceeds_limits(answers))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
