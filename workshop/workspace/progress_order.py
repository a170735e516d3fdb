"""In which order exercises are done: what to turn to next."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence

from workshop.course import WHEN, Exercise


class Order(ABC):
    """The way through the exercises of somebody who knows which of them are done."""

    @abstractmethod
    def done(self, exercise: Exercise) -> bool:
        """Whether it has passed once."""

    def next_open(self, exercises: Iterable[Exercise]) -> Exercise | None:
        """Return the first exercise that is not done: first those done in the room, then at home.

        Stretch exercises come after all others.
        """
        still = [exercise for exercise in exercises if not self.done(exercise)]
        return min(still, key=lambda exercise: WHEN.index(exercise.when), default=None)

    def following(self, exercise: Exercise, exercises: Sequence[Exercise]) -> Exercise | None:
        """Return what comes after an exercise that has passed.

        After one of the room that is the next one of any room, from its step on; after any other,
        first what is left of the step.
        """
        later = [other for other in exercises if other.step >= exercise.step]
        step = [other for other in later if other.step == exercise.step]
        near = later if exercise.when == "room" else step
        choices = (self.next_open(among) for among in (near, later, exercises))
        return next(filter(None, choices), None)

    def after(self, exercise: Exercise, exercises: Sequence[Exercise]) -> Exercise | None:
        """Return the open exercise to turn to from one, which may be open itself, or None.

        Those before it come after those behind it.
        """
        if self.done(exercise):
            return self.following(exercise, exercises)
        at = exercises.index(exercise)
        return self.next_open([*exercises[at + 1 :], *exercises[:at]])
