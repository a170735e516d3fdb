"""The texts of the watch: heading, checks, help, hints, solution, status."""

from __future__ import annotations

from workshop.terminal import lists
from workshop.terminal.glyphs import OPEN
from workshop.terminal.report_text import ReportWriter, path_of
from workshop.terminal.view import KEYS
from workshop.terminal.watch_state import WatchState


def write_heading(writer: ReportWriter, watch: WatchState) -> None:
    """Write the current exercise and its verdict in one line."""
    exercise = watch.exercise
    if watch.report:
        writer.heading(watch.report, exercise)
    else:
        title = f" – {exercise.title}"
        writer.page.line((f"{OPEN} {exercise.key}{title}", "bold"), hang=2)


def write_file(writer: ReportWriter, watch: WatchState) -> None:
    """Write the path of the learner's file."""
    writer.page.line((path_of(watch.exercise), "dim"), indent=2)


def write_details(writer: ReportWriter, watch: WatchState) -> None:
    """Write the report in detail; without a report, the checks' sentences."""
    if watch.report is None:
        for question in watch.exercise.questions:
            writer.page.line((f"{OPEN} ", "dim"), question.sentence, indent=2, hang=2)
        return
    writer.details(watch.report, watch.exercise, watch.taken, above=True)
    if watch.report.passed:
        writer.page.blank()
        writer.next_action(watch.report, watch.course, watch.progress)


def write_help(writer: ReportWriter) -> None:
    """Write the help: what to do, and every key."""
    writer.page.line("Edit the exercise in your editor and save: the verdict appears here.")
    writer.page.line("Save another exercise's file, and that one appears.")
    writer.page.blank()
    for key in KEYS:
        writer.page.line((f"{key.letter}   ", "bold"), key.says, indent=2, hang=4)


def write_hints(writer: ReportWriter, watch: WatchState) -> None:
    """Write the hints taken, below the sentence of their check."""
    if trouble := watch.trouble:
        writer.page.line(trouble.sentence)
        writer.hints(trouble.hints, watch.hints[0])
        writer.offer_hint(trouble.hints, watch.hints[0], watch.exercise)


def write_solution(writer: ReportWriter, watch: WatchState) -> None:
    """Write the solution, and the diff from the learner's file."""
    lists.write_solution(writer.page, watch.exercise)


def position(watch: WatchState) -> list[tuple[str, str]]:
    """Return facts about the progress, each as a long and a short text."""
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
