"""What the watch screen writes: with the terminal's own texts, wherever it has them."""

from __future__ import annotations

from workshop.terminal import lists
from workshop.terminal.glyphs import OPEN
from workshop.terminal.report_text import Terminal, path_of
from workshop.terminal.view import KEYS
from workshop.terminal.watch_state import Watch


def head(terminal: Terminal, watch: Watch) -> None:
    """Write which exercise it is, and how it stands."""
    exercise = watch.exercise
    if watch.report:
        terminal.head(watch.report, exercise)
    else:
        title = f" – {exercise.title}"
        terminal.page.line((f"{OPEN} {exercise.key}{title}", "bold"), hang=2)


def place(terminal: Terminal, watch: Watch) -> None:
    """Write which file is to be edited."""
    terminal.page.line((path_of(watch.exercise), "dim"), indent=2)


def details(terminal: Terminal, watch: Watch) -> None:
    """Write the checks with their verdicts, and what helps on; without a verdict the questions."""
    if watch.report is None:
        for question in watch.exercise.questions:
            terminal.page.line((f"{OPEN} ", "dim"), question.sentence, indent=2, hang=2)
        return
    terminal.details(watch.report, watch.exercise, watch.taken, above=True)
    if watch.report.passed:
        terminal.page.blank()
        terminal.next_action(watch.report, watch.course, watch.progress)


def help_(terminal: Terminal) -> None:
    """Write what to do, and every key."""
    terminal.page.line("Edit the exercise in your editor and save: the verdict appears here.")
    terminal.page.line("Save another exercise's file, and that one appears.")
    terminal.page.blank()
    for key in KEYS:
        terminal.page.line((f"{key.letter}   ", "bold"), key.says, indent=2, hang=4)


def hints(terminal: Terminal, watch: Watch) -> None:
    """Write the check that the hints are about, and those taken."""
    if trouble := watch.trouble:
        terminal.page.line(trouble.sentence)
        terminal.hints(trouble.hints, watch.hints[0])
        terminal.stuck(trouble.hints, watch.hints[0], watch.exercise)


def solution(terminal: Terminal, watch: Watch) -> None:
    """Write the solution, and how the learner's file differs."""
    lists.write_solution(terminal.page, watch.exercise)


def position(watch: Watch) -> list[tuple[str, str]]:
    """Return how far the learner is: facts, each in words and in short."""
    done, course = watch.progress.passes, watch.course
    step = course.step(watch.exercise.step)
    mine, all_ = sum(map(done, step.exercises)), sum(map(done, course.exercises))
    taken, hints = watch.hints
    facts = [
        (
            f"{step.label} {mine} of {len(step.exercises)} done",
            f"{step.label} {mine}/{len(step.exercises)}",
        ),
        (
            f"course {all_} of {len(course.exercises)} done",
            f"course {all_}/{len(course.exercises)}",
        ),
    ]
    if taken:
        facts.append((f"hints {taken} of {hints}", f"hints {taken}/{hints}"))
    if watch.report:
        facts.append((f"checked at {watch.checked}", watch.checked))
    return facts
