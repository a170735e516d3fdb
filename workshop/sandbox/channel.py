"""The ways in and out of a sandbox, which the learner's `input` and `print` do not reach."""

from __future__ import annotations

import json
import os
import threading
from typing import Any

from workshop.report import Check, encode

CUT_OFF = 91
"""Exit code of a sandbox that cannot tell anything any more."""
COURSE = "Course"
"""The kind of trouble that is not the learner's fault; its text says all."""


class Channel:
    """JSON lines: jobs come in; events go out, each with the job's word and a number."""

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

    def hear(self) -> dict[str, Any] | None:
        """Wait for what the checker says next; None when it is gone."""
        line = self._in.readline()
        return json.loads(line) if line else None

    def ready(self) -> None:
        """Say that nothing but a job is missing; before `open` only."""
        os.write(self._pipe, json.dumps({"ready": os.getpid()}).encode() + b"\n")

    def open(self, word: str) -> None:
        """Begin to tell, from this process only: a forked copy of it stays silent.

        Nothing more is heard.
        """
        self._in.close()
        self._word, self._pid = word, os.getpid()

    def tell(self, kind: str, what: Any) -> None:
        """Send an event; ends the process when the channel was closed under it."""
        if os.getpid() != self._pid:
            return
        with self._lock:
            self._number += 1
            left = line(self._word, self._number, kind, what)
            try:
                while left:
                    left = left[os.write(self._pipe, left) :]
            except OSError:
                os._exit(CUT_OFF)


def line(word: str, number: int, kind: str, what: Any) -> bytes:
    """Return an event as it goes through the channel."""
    data = encode(what) if isinstance(what, Check) else what
    event = {"word": word, "number": number, "kind": kind, "what": data}
    return json.dumps(event, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
