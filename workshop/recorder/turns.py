"""One callback of the event loop: how long it took, and whose doing that was."""

from __future__ import annotations

from dataclasses import dataclass, field

from workshop.recorder import processors
from workshop.recorder.rows import Row

LONG = 0.05
"""Whoever runs for longer than this without letting others go on blocks the loop (seconds)."""
CROWDED = 0.25
"""So long a wait must be where programs queue for the processors: each step takes longer there."""
Place = tuple[str, int, str]
"""A file, a line's number, and the function."""


@dataclass
class Turn:
    """One callback of the loop."""

    begin: float
    place: Place | None = None
    """The line that runs now; None when none of the learner's does."""
    since: float = 0.0
    lines: dict[Place, float] = field(default_factory=dict)
    """Seconds that went into each line."""
    row: Row | None = None
    used: tuple[float, int] = 0.0, -1
    told: float = 0.0
    """Seconds that the suite says have passed."""

    def own(self) -> float:
        """Return how many of its seconds are the learner's doing: a busy machine makes all slow.

        Who was only put aside, for the sake of other programs, neither computed nor waited.
        """
        seconds = sum(self.lines.values())
        if self.told:
            return self.told
        after, before = processors.used(), self.used
        if seconds <= LONG or before[1] < 0:
            return seconds
        waited = after[1] > before[1]
        if waited and seconds > (CROWDED if processors.crowded() else LONG):
            return seconds
        return min(seconds, after[0] - before[0])
