"""What a key does: the same for the screen and for plain lines."""

from __future__ import annotations

from collections.abc import Callable

from workshop import workspace
from workshop.course import Exercise
from workshop.terminal.report_text import path_of
from workshop.terminal.view import Sheet, View
from workshop.terminal.watch_state import Watch


class Presses:
    """Does what keys ask for, after a question where something could be lost."""

    def __init__(self, watch: Watch, view: View) -> None:
        self._watch = watch
        self._view = view
        self._asked: tuple[str, Exercise] | None = None
        """The key that waits for an answer, and the exercise that it is about."""
        self._deeds: dict[str, Callable[[], None]] = {
            "n": self._next,
            "h": self._hint,
            "l": lambda: view.show(Sheet.LIST),
            "c": self._check,
            "x": self._solution,
            "r": self._reset,
            "?": lambda: view.show(Sheet.HELP),
            "q": view.end,
        }

    @property
    def asking(self) -> str | None:
        """The key that waits for an answer; a question about another exercise is void."""
        return self._asked[0] if self._asked and self._asked[1] == self._watch.exercise else None

    def press(self, letter: str) -> None:
        """Do what a key is for; where a question waits for "y", any other key says no."""
        asked, self._asked = self.asking, None
        if asked == "r":
            self._answered(letter)
        elif letter == asked == "x":
            self._view.show(Sheet.SOLUTION)
        elif letter in self._deeds:
            self._deeds[letter]()

    def _next(self) -> None:
        watch = self._watch
        following = watch.progress.after(watch.exercise, watch.course.exercises)
        if following is None:
            self._view.say("No other exercise is open. l lists them all.")
            return
        watch.open(following)

    def _hint(self) -> None:
        watch, trouble = self._watch, self._watch.trouble
        taken, all_ = watch.hints
        if watch.report is None:
            self._view.say("No verdict yet: a hint is about a check that does not pass.")
        elif watch.report.passed:
            self._view.say(f"{watch.exercise.key} has passed: no hint is needed. n goes on.")
        elif trouble is None or not trouble.hints:
            self._view.say("There is no hint for this: what is shown says what to mend.")
        elif taken == all_:
            self._view.show(Sheet.HINTS)
            self._view.say("You have all hints for this check. x shows the solution.")
        else:
            unwritten = ""
            try:
                watch.progress.take_hint(watch.exercise, trouble.name, all_)
            except OSError as error:
                unwritten = watch.progress.unwritten(error)
            self._view.show(Sheet.HINTS)
            if unwritten:
                self._view.say(unwritten)

    def _check(self) -> None:
        self._view.show(Sheet.VERDICT)
        self._watch.check()

    def _solution(self) -> None:
        exercise = self._watch.exercise
        if self._watch.progress.done(exercise):
            self._view.show(Sheet.SOLUTION)
            return
        self._asked = "x", exercise
        self._view.say(
            f"You have not solved {exercise.key} yet; a hint (h) helps more. "
            "x again shows the solution all the same."
        )

    def _reset(self) -> None:
        exercise = self._watch.exercise
        self._asked = "r", exercise
        self._view.say(
            f"Replace {path_of(exercise)} by the original? A copy of yours is kept. "
            "y: yes; any other key: no."
        )

    def _answered(self, letter: str) -> None:
        exercise = self._watch.exercise
        shown = path_of(exercise)
        if letter not in {"y", "Y"}:
            self._view.say(f"{shown} is left as it is.")
            return
        try:
            kept = workspace.reset(exercise, self._watch.progress)
        except (OSError, workspace.WorkspaceError) as error:
            self._view.say(f"{shown} could not be replaced: {error} Mend that, then r again.")
            return
        copy = f" Yours is kept in {kept.relative_to(exercise.root).as_posix()}." if kept else ""
        self._view.say(f"{shown} is as it was handed out.{copy}")
