"""The ways in and out of a sandbox, which the learner's `input` and `print` do not reach."""

from __future__ import annotations

import os
import threading

from workshop.runner.messages import Event, Order, Ready, event_line, read_order

CUT_OFF = 91
"""Exit code of a sandbox that cannot tell anything any more."""


class Channel:
    """Lines of JSON: orders come in; events go out, each with the job's word and a number."""

    def __init__(self) -> None:
        self._in = os.fdopen(os.dup(0), "rb")
        self._pipe = os.dup(1)
        os.dup2(2, 1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        self._lock = threading.Lock()
        self._pid = 0
        self._number = 0
        self._word = ""

    def hear(self) -> Order | None:
        """Wait for what the checker says next; None when it is gone."""
        line = self._in.readline()
        return read_order(line) if line else None

    def ready(self) -> None:
        """Say that nothing but a job is missing; before `open` only."""
        os.write(self._pipe, event_line("", 0, Ready(os.getpid())))

    def open(self, word: str) -> None:
        """Begin to tell, from this process only: a forked copy of it stays silent.

        Nothing more is heard.
        """
        self._in.close()
        self._word, self._pid = word, os.getpid()

    def tell(self, event: Event) -> None:
        """Send an event; ends the process when the channel was closed under it."""
        if os.getpid() != self._pid:
            return
        with self._lock:
            self._number += 1
            left = event_line(self._word, self._number, event)
            try:
                while left:
                    left = left[os.write(self._pipe, left) :]
            except OSError:
                os._exit(CUT_OFF)
