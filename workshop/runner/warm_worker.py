"""A process that is up and has rehearsed before anybody asks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Self

from workshop.course import Exercise
from workshop.runner.fingerprint import Stamp, stamp
from workshop.runner.messages import Ready, WarmUp, read_event
from workshop.runner.process import Sandbox, start

START = 60.0
"""Seconds that a spare may take until it is ready, however slow the machine."""


@dataclass(eq=False)
class Spare:
    """A sandbox with an exercise that it has rehearsed; it is used once."""

    exercise: Exercise
    sandbox: Sandbox
    seen: Stamp
    """How things were before it read anything."""
    ready: bool = False

    @classmethod
    async def start(cls, exercise: Exercise) -> Self:
        """Start a process that rehearses an exercise on its solution and on its stub."""
        seen = stamp(exercise)
        sandbox = await start(exercise.root)
        (sandbox.home / "tmp").mkdir()
        (sandbox.home / exercise.step).mkdir()
        sources = (str(file) for file in (exercise.solution, exercise.stub) if file.is_file())
        solutions = str(exercise.solution.parent)
        sandbox.say(WarmUp(sandbox.place(exercise), tuple(sources), solutions))
        return cls(exercise, sandbox, seen)

    async def warm(self) -> bool:
        """Wait until it is ready; return whether it is. Takes at most `START` seconds."""
        stream = self.sandbox.process.stdout
        assert stream
        try:
            async with asyncio.timeout(START):
                said = read_event(await stream.readline(), "")
        except (TimeoutError, ValueError):
            return False
        if not said or not isinstance(said[1], Ready):
            return False
        self.sandbox.family.begin(said[1].process)
        self.ready = self.sandbox.ready = True
        return True

    @property
    def alive(self) -> bool:
        """Whether it is ready, and has not died since."""
        return self.ready and self.sandbox.process.returncode is None

    def fit(self) -> bool:
        """Say whether it lives, and has read what lies there now."""
        awake = self.alive and not self.sandbox.family.suspended()
        return awake and self.seen == stamp(self.exercise)
