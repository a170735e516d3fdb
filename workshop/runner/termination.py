"""What can keep a suite from its end, and what to do about it.

The catalogue of misconceptions has the errors that a check meets; these are seen from outside.
"""

from __future__ import annotations

from dataclasses import dataclass

from workshop.advice.entry import ended
from workshop.report import Advice, Line
from workshop.runner.messages import COURSE


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
