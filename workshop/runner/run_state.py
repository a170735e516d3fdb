"""The state of a run of a suite, and the reasons for which a run is terminated.

Each reason has a sentence and an action for the learner. Errors that a check meets are in the
catalogue of `advice`; these reasons are seen from outside of the worker process.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from workshop.advice.entry import single_full_stop
from workshop.report import Advice, Check, Line
from workshop.runner.protocol import COURSE
from workshop.runner.stack_sampler import StackSample


@dataclass(frozen=True, slots=True)
class TerminationReason:
    """Why the run of a suite did not come to its end; it concerns the whole process."""

    kind: str
    """A key of `REASONS`, or `COURSE`."""
    text: str = ""
    """What stands in the sentence of `REASONS` for `{0}`."""

    @property
    def sentence(self) -> str:
        """What happened, for the learner."""
        if self.kind == COURSE:
            return f"This is a fault of the course, not of your code: {self.text}"
        return single_full_stop(REASONS[self.kind][0].format(self.text))

    def advice(self, line: Line | None) -> Advice | None:
        """Return what happened and what to do; None for a fault of the course."""
        if self.kind == COURSE:
            return None
        return Advice(self.kind, self.sentence, REASONS[self.kind][1], line)


@dataclass
class RunState:
    """What the events of a worker, its exit and its standard error say about one run of a suite."""

    started_at: float | None = None
    """When the learner's code began, by the event loop's clock (seconds)."""
    process: int = 0
    """The id of the process in which the checks run; where there is a fork, a child's."""
    main_thread: int = 0
    """The id of the thread in which they run."""
    running: str | None = None
    """The check that has begun and not ended."""
    checks: list[Check] = field(default_factory=list)
    sample: StackSample = field(default_factory=StackSample)
    violations: list[str] = field(default_factory=list)
    """Sentences about what the learner's code left behind, or changed in the process."""
    output: str = ""
    """What was printed outside every check."""
    pool: list[int] = field(default_factory=list)
    """The ids of processes of concurrent.futures, which end by themselves."""
    processor: float = 0.0
    """Seconds of processor time that the suite took, as the worker measured."""
    unguarded: bool = False
    """Whether the code had a way to the course's own files, such as a program."""
    ended: bool = False
    """Whether the suite came to its end."""
    reason: TerminationReason | None = None
    """What stopped the suite, if anything."""
    stderr: bytearray = field(default_factory=bytearray)
    """The beginning of what came on standard error."""
    exit_code: int | None = None
    """The exit code of a process that ended by itself; negative is a signal, as in subprocess."""
    stack_dump: str = ""
    """The stacks that faulthandler wrote when the time was up."""

    @property
    def completed(self) -> bool:
        """Whether the suite came to its end, and nothing stopped it."""
        return self.ended and not self.reason

    @property
    def suspended(self) -> bool:
        """Whether the process was stopped by a signal before anything of the learner's ran."""
        return self.reason is not None and self.reason.kind == "suspended"


REASONS = {
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
