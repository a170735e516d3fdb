"""The watch as lines below each other, for screen readers and simple consoles."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import threading
from collections.abc import Callable

from workshop.apps.signals import ended_by_signals
from workshop.course import CourseError
from workshop.report import Report
from workshop.terminal import lists, watch_text
from workshop.terminal.actions import Presses
from workshop.terminal.report_text import Terminal
from workshop.terminal.view import KEYS, Sheet
from workshop.terminal.watch_state import Watch, find_exercise


class Typed(threading.Thread):
    """Reads standard input and tells each line, without its blanks; at the end it tells None.

    A thread, since that works on every system. It reads below Python's own buffer: one that is
    still being read when Python ends would stop it with an error.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, tell: Callable[[str | None], object]
    ) -> None:
        super().__init__(daemon=True, name="typed lines")
        self._loop = loop
        self._tell = tell

    def run(self) -> None:
        """Read until the end."""
        rest, number = b"", sys.stdin.fileno()
        with contextlib.suppress(OSError, RuntimeError):  # no terminal or no loop any more
            while piece := os.read(number, 4096):
                *lines, rest = (rest + piece).split(b"\n")
                for line in lines:
                    self._loop.call_soon_threadsafe(
                        self._tell, line.decode(errors="replace").strip()
                    )
            self._loop.call_soon_threadsafe(self._tell, None)


class Plain:
    """The view that only adds lines; keys are typed and sent with Enter."""

    def __init__(self, watch: Watch, terminal: Terminal | None = None) -> None:
        self._watch = watch
        self._presses = Presses(watch, self)
        watch.tell(self)
        self._terminal = terminal or Terminal(keys=True)
        self._page = self._terminal.page
        self._report: Report | None = None
        self._ended = asyncio.Event()

    def show(self, sheet: Sheet) -> None:
        """Write this, unless it comes by itself."""
        if sheet is Sheet.LIST:
            lists.exercises(self._page, self._watch.course, self._watch.progress)
            self._page.line("Type an exercise's name and Enter to turn to it.")
        elif sheet is Sheet.HELP:
            watch_text.help_(self._terminal)
        elif sheet is Sheet.SOLUTION:
            watch_text.solution(self._terminal, self._watch)
        elif sheet is Sheet.HINTS:
            watch_text.hints(self._terminal, self._watch)

    def changed(self) -> None:
        """Write that a check began, or its verdict."""
        watch = self._watch
        if watch.checking:
            self._page.line(f"Checking {watch.exercise.key} ...")
        elif watch.report and watch.report is not self._report:
            self._report = watch.report
            self._terminal.report(watch.report, watch.exercise, watch.taken)
            self._terminal.next_action(watch.report, watch.course, watch.progress)
            self._page.blank()

    def say(self, text: str) -> None:
        """Write a sentence."""
        self._page.line(text)

    def end(self) -> None:
        """Write no more."""
        self._ended.set()

    async def run(self) -> None:
        """Write until it is ended, or what was typed ends; raises whatever went wrong."""
        if sys.stdin and sys.stdin.isatty():
            keys = ", ".join(f"{key.letter} {key.word}" for key in KEYS)
            self._page.line(f"Type a letter and Enter: {keys}.")
            Typed(asyncio.get_running_loop(), self._typed).start()
        else:
            self._page.line("Save an exercise to see its verdict; Ctrl-C ends.")
        following = asyncio.create_task(self._watch.follow())
        following.add_done_callback(lambda _: self.end())
        with ended_by_signals(self.end):
            await self._ended.wait()
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following

    def _typed(self, line: str | None) -> None:
        """Do what a line asks for: a key, or the name of an exercise; None is the end."""
        if line is None:
            self.end()
        elif len(line) > 1 and not self._presses.asking:
            self._turn(line)
        elif line:
            self._presses.press(line[0])

    def _turn(self, name: str) -> None:
        try:
            self._watch.open(find_exercise(self._watch.course, self._watch.progress, name))
        except CourseError as error:
            self.say(str(error))
