"""Who may see the solution of an exercise."""

from __future__ import annotations

from collections.abc import Callable

from workshop.course import Exercise
from workshop.workspace.document import DeskError
from workshop.workspace.progress import Progress


class UnearnedError(DeskError):
    """The solution is not shown yet; the caller says how to see it all the same."""

    def __init__(self, exercise: Exercise) -> None:
        super().__init__(
            f"You have not solved {exercise.key} yet. A hint helps more than the solution"
        )


def check_earned(exercise: Exercise, progress: Progress, insists: Callable[[], bool]) -> None:
    """Raise UnearnedError unless the exercise has passed once, or the one who asks insists.

    `insists` is called only when it has not passed.
    """
    if not (progress.done(exercise) or insists()):
        raise UnearnedError(exercise)
