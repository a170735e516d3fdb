"""The watch as lines below each other, for screen readers and simple consoles."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import threading
from collections.abc import Callable

from workshop.course import CourseError
from workshop.report import Report
from workshop.terminal import lists, watch_text
from workshop.terminal.actions import KeyActions
from workshop.terminal.report_text import ReportWriter
from workshop.terminal.view import KEYS, Pane, ended_by_signals
from workshop.terminal.watch_state import WatchState, find_exercise


class StdinLines(threading.Thread):
    """A thread that passes each line of standard input to a callback, and None at the end.

    A thread works on every system. It reads with `os.read`: a read of `sys.stdin` that is still
    blocked when Python ends would stop Python with an error.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, on_line: Callable[[str | None], object]
    ) -> None:
        super().__init__(daemon=True, name="typed lines")
        self._loop = loop
        self._on_line = on_line

    def run(self) -> None:
        """Read lines until the end of the input."""
        rest, number = b"", sys.stdin.fileno()
        with contextlib.suppress(OSError, RuntimeError):  # the terminal or the loop is closed
            while piece := os.read(number, 4096):
                *lines, rest = (rest + piece).split(b"\n")
                for line in lines:
                    self._loop.call_soon_threadsafe(
                        self._on_line, line.decode(errors="replace").strip()
                    )
            self._loop.call_soon_threadsafe(self._on_line, None)


class PlainView:
    """The view that only appends lines; the learner types a key and Enter."""

    def __init__(self, watch: WatchState, writer: ReportWriter | None = None) -> None:
        self._watch = watch
        self._keys = KeyActions(watch, self)
        watch.attach(self)
        self._writer = writer or ReportWriter(keys=True)
        self._page = self._writer.page
        self._report: Report | None = None
        self._ended = asyncio.Event()

    def show(self, pane: Pane) -> None:
        """Write a pane; the verdict is written by `refresh`."""
        if pane is Pane.LIST:
            lists.write_exercises(self._page, self._watch.course, self._watch.progress)
            self._page.line("Type an exercise's name and Enter to turn to it.")
        elif pane is Pane.HELP:
            watch_text.write_help(self._writer)
        elif pane is Pane.SOLUTION:
            watch_text.write_solution(self._writer, self._watch)
        elif pane is Pane.HINTS:
            watch_text.write_hints(self._writer, self._watch)

    def refresh(self) -> None:
        """Write that a check runs, or its new report."""
        watch = self._watch
        if watch.checking:
            self._page.line(f"Checking {watch.exercise.key} ...")
        elif watch.report and watch.report is not self._report:
            self._report = watch.report
            self._writer.report(watch.report, watch.exercise, watch.taken)
            self._writer.next_action(watch.report, watch.course, watch.progress)
            self._page.blank()

    def notify(self, text: str) -> None:
        """Write a message."""
        self._page.line(text)

    def close(self) -> None:
        """End `run`."""
        self._ended.set()

    async def run(self) -> None:
        """Write until `close`, the end of the input or a signal; raises errors of the watch."""
        if sys.stdin and sys.stdin.isatty():
            keys = ", ".join(f"{key.letter} {key.word}" for key in KEYS)
            self._page.line(f"Type a letter and Enter: {keys}.")
            StdinLines(asyncio.get_running_loop(), self._read_line).start()
        else:
            self._page.line("Save an exercise to see its verdict; Ctrl-C ends.")
        following = asyncio.create_task(self._watch.handle_events())
        following.add_done_callback(lambda _: self.close())
        with ended_by_signals(self.close):
            await self._ended.wait()
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following

    def _read_line(self, line: str | None) -> None:
        """Run the action of a typed key, or open the named exercise; None ends the view."""
        if line is None:
            self.close()
        elif len(line) > 1 and not self._keys.pending_key:
            self._open(line)
        elif line:
            self._keys.press(line[0])

    def _open(self, name: str) -> None:
        try:
            self._watch.open(find_exercise(self._watch.course, self._watch.progress, name))
        except CourseError as error:
            self.notify(str(error))
