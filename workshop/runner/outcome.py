"""What a check may take, and what the checker has heard of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from workshop.course.suite import SECONDS
from workshop.report import Check
from workshop.runner.stack_sampler import Whereabouts
from workshop.runner.termination import Mishap


@dataclass(frozen=True, slots=True)
class Limits:
    """What a check may take."""

    seconds: float = SECONDS
    """From the first line of the learner's code to the verdict."""
    memory: int = 2 * 1024**3
    """Bytes of address space of a process; also of resident memory, all processes together."""
    processes: int = 40
    """Processes that may run at once."""
    start: float = 60.0
    """Seconds that Python and the libraries may take before that, however slow the machine."""


@dataclass
class Heard:
    """What the other process said, and what was seen of it."""

    began: float | None = None
    """When the learner's code began, by the event loop's clock."""
    process: int = 0
    """The id of the process in which the checks run; that of a launcher is another."""
    main: int = 0
    """The id of the thread in which they run."""
    running: str | None = None
    """The check that has begun and not ended."""
    checks: list[Check] = field(default_factory=list)
    whereabouts: Whereabouts = field(default_factory=Whereabouts)
    left: list[str] = field(default_factory=list)
    output: str = ""
    pool: list[int] = field(default_factory=list)
    processor: float = 0.0
    """Seconds of processor time that the suite took, as the process itself says."""
    reached: bool = False
    """Whether the code had a way to the course's own files."""
    ended: bool = False
    """Whether the suite came to its end."""
    trouble: Mishap | None = None

    @property
    def suspended(self) -> bool:
        """Whether the process was put to sleep before anything of the learner's ran."""
        return self.trouble is not None and self.trouble.kind == "suspended"

    said: bytearray = field(default_factory=bytearray)
    """The beginning of what came on standard error."""
    exit: int | None = None
    """The exit code of a process that ended by itself; negative is a signal, as in subprocess."""
    stacks: str = ""
    """What faulthandler wrote down."""
