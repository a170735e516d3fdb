"""The actions of the watch's keys, for every view: hint, check, solution, reset."""

from __future__ import annotations

from collections.abc import Callable

from workshop import workspace
from workshop.course import Exercise
from workshop.terminal.report_text import path_of
from workshop.terminal.view import Pane, View
from workshop.terminal.watch_state import WatchState


class KeyActions:
    """Runs the action of a key; "x" and "r" ask for a confirmation first."""

    def __init__(self, watch: WatchState, view: View) -> None:
        self._watch = watch
        self._view = view
        self._pending: tuple[str, Exercise] | None = None
        """The key that waits for a confirmation, and its exercise."""
        self._actions: dict[str, Callable[[], None]] = {
            "n": self._next,
            "h": self._hint,
            "l": lambda: view.show(Pane.LIST),
            "c": self._check,
            "x": self._solution,
            "r": self._reset,
            "?": lambda: view.show(Pane.HELP),
            "q": view.close,
        }

    @property
    def pending_key(self) -> str | None:
        """The key that waits for a confirmation; None when the exercise is another one now."""
        return (
            self._pending[0] if self._pending and self._pending[1] == self._watch.exercise else None
        )

    def press(self, letter: str) -> None:
        """Run the action of a key; after "r", "y" confirms and any other key cancels."""
        asked, self._pending = self.pending_key, None
        if asked == "r":
            self._confirm_reset(letter)
        elif letter == asked == "x":
            self._view.show(Pane.SOLUTION)
        elif letter in self._actions:
            self._actions[letter]()

    def _next(self) -> None:
        watch = self._watch
        following = watch.progress.after(watch.exercise, watch.course.exercises)
        if following is None:
            self._view.notify("No other exercise is open. l lists them all.")
            return
        watch.open(following)

    def _hint(self) -> None:
        watch, trouble = self._watch, self._watch.trouble
        taken, all_ = watch.hints
        if watch.report is None:
            self._view.notify("No verdict yet: a hint is about a check that does not pass.")
        elif watch.report.passed:
            self._view.notify(f"{watch.exercise.key} has passed: no hint is needed. n goes on.")
        elif trouble is None or not trouble.hints:
            self._view.notify("There is no hint for this: what is shown says what to mend.")
        elif taken == all_:
            self._view.show(Pane.HINTS)
            self._view.notify("You have all hints for this check. x shows the solution.")
        else:
            write_error_sentence = ""
            try:
                watch.progress.take_hint(watch.exercise, trouble.name, all_)
            except OSError as error:
                write_error_sentence = watch.progress.write_error_sentence(error)
            self._view.show(Pane.HINTS)
            if write_error_sentence:
                self._view.notify(write_error_sentence)

    def _check(self) -> None:
        self._view.show(Pane.VERDICT)
        self._watch.check()

    def _solution(self) -> None:
        exercise = self._watch.exercise
        if self._watch.progress.done(exercise):
            self._view.show(Pane.SOLUTION)
            return
        self._pending = "x", exercise
        self._view.notify(
            f"You have not solved {exercise.key} yet; a hint (h) helps more. "
            "x again shows the solution all the same."
        )

    def _reset(self) -> None:
        exercise = self._watch.exercise
        self._pending = "r", exercise
        self._view.notify(
            f"Replace {path_of(exercise)} by the original? A copy of yours is kept. "
            "y: yes; any other key: no."
        )

    def _confirm_reset(self, letter: str) -> None:
        exercise = self._watch.exercise
        shown = path_of(exercise)
        if letter not in {"y", "Y"}:
            self._view.notify(f"{shown} is left as it is.")
            return
        try:
            kept = workspace.reset(exercise, self._watch.progress)
        except (OSError, workspace.WorkspaceError) as error:
            self._view.notify(f"{shown} could not be replaced: {error} Mend that, then r again.")
            return
        copy = f" Yours is kept in {kept.relative_to(exercise.root).as_posix()}." if kept else ""
        self._view.notify(f"{shown} is as it was handed out.{copy}")
