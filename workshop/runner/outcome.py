"""What a check may take, and what the checker has heard of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from workshop.advice.entry import ended
from workshop.course.suite import SECONDS
from workshop.report import Advice, Check, Line
from workshop.runner.messages import COURSE
from workshop.runner.stack_sampler import Whereabouts


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


@dataclass(frozen=True, slots=True)
class Mishap:
    """Something that happened to the whole process."""

    kind: str
    """A key of `KINDS`, or `COURSE`."""
    text: str = ""
    """What belongs into the sentence."""

    @property
    def sentence(self) -> str:
        """What happened."""
        if self.kind == COURSE:
            return f"This is a fault of the course, not of your code: {self.text}"
        return ended(KINDS[self.kind][0].format(self.text))

    def advice(self, line: Line | None) -> Advice | None:
        """Return what happened and what to do; None where the learner can do nothing."""
        if self.kind == COURSE:
            return None
        return Advice(self.kind, self.sentence, KINDS[self.kind][1], line)


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


KINDS = {
    "busy": (
        "After {0} your code was still busy here, and nothing else could run meanwhile.",
        "Does the loop around this line ever end? Does the line block?"
        " `await asyncio.sleep(…)` replaces `time.sleep(…)`, and"
        " `await asyncio.to_thread(…)` takes long work out of the event loop.",
    ),
    "waiting": (
        "After {0} your code was still waiting here, once for ever or again and again.",
        "Does what this line waits for ever come, and does the loop around it ever end?",
    ),
    "startup": (
        "After {0} your application had not started: it was still waiting here.",
        "A server answers when every function in `on_startup` has come to its end, and every one in"
        " `cleanup_ctx` to its `yield`. What runs for ever belongs into a task: start it there by"
        " `asyncio.create_task(…)`, keep it, and cancel it behind the `yield`.",
    ),
    "cleanup": (
        "After {0} your application had not ended: it was still waiting here.",
        "What stands behind the `yield` of a `cleanup_ctx`, or in `on_shutdown` and `on_cleanup`,"
        " has to come to its end. Cancel a task before you wait for it: `task.cancel()`.",
    ),
    "deadline": (
        "The checks were not over after {0}.",
        "Look for a loop that never ends, or for something that is awaited and never comes.",
    ),
    "stopped": (
        "Your code suspended the whole program (SIGSTOP), so it never came to an end.",
        "Take the call that sends the signal out.",
    ),
    "suspended": (
        "The process of the check was suspended before your code ran.",
        "Something on this machine stopped it (SIGSTOP). Check again.",
    ),
    "exit": (
        "Your code ended the whole program at once, as os._exit() does (exit code {0}).",
        "Take the call out: a server answers and goes on.",
    ),
    "crash": (
        "Python itself crashed ({0}), which plain Python code cannot do.",
        "Look for recursion without end after sys.setrecursionlimit(), and for ctypes.",
    ),
    "killed": (
        "The program was ended by a signal ({0}).",
        "Take out what sends it (os.kill, signal.alarm). If your code sends none, the machine ran"
        " out of memory: look for something that grows without end.",
    ),
    "memory": (
        "Your code asked for more memory than a check may have ({0} MB).",
        "Look for something that grows without end, or is far larger than needed.",
    ),
    "output": (
        "Your code wrote more than anyone can read, past print().",
        "Look for the loop that writes, and take os.write() or the other program out.",
    ),
    "processes": (
        "Your code ran more than {0} processes at once.",
        "Take the call that starts them out: in a handler, every request starts one more."
        " One process is enough, asyncio serves many at once in it.",
    ),
    "cut-off": (
        "Your code closed files of the whole process that it had not opened.",
        "Close only what you opened yourself, best by `with`; leave os.close() alone.",
    ),
    "garbled": (
        "Your code wrote into files that it had not opened, so no result can be trusted.",
        "Write by print(), by logging, or into files that you opened.",
    ),
    "interrupt": (
        "Your code stopped the whole run: {0}.",
        "Take the call out. An app neither ends pytest nor raises KeyboardInterrupt.",
    ),
    "stumbled": (
        "pytest stumbled over something that your code did to Python: {0}.",
        "Take out what changes Python or its modules. If nothing does, tell the course's authors.",
    ),
}
"""Sentence and action by key."""
