"""A server under load: a child process on a port that the operating system chooses."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

import psutil

from benchmarks.figures import BenchmarkError
from workshop.course import ROOT

STARTING, STOPPING = 30, 15
"""Timeouts in seconds."""
CLEARED_VARIABLES = ("PYTHONDEVMODE", "PYTHONASYNCIODEBUG", "WORKSHOP_KEY", "WORKSHOP_PROXIES")
"""Environment variables that are cleared, because they would change the measurement."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    address: str
    """For example http://127.0.0.1:4711, without a slash at the end."""
    process: int

    def cpu(self) -> float:
        """Return the processor time of all threads so far, in seconds."""
        times = psutil.Process(self.process).cpu_times()
        return float(times.user + times.system)

    def peak(self) -> float:
        """Return the peak of resident memory in MiB; the current value where there is no peak."""
        try:
            status = Path(f"/proc/{self.process}/status").read_text()
            return int(status.partition("VmHWM:")[2].split()[0]) / 1024
        except (OSError, LookupError):
            memory = psutil.Process(self.process).memory_info()
            return float(getattr(memory, "peak_wset", memory.rss)) / 2**20


@contextmanager
def running_server(module: str, data: Path) -> Iterator[Server]:
    """Run `python -m MODULE` with WORKSHOP_DATA and a free PORT; yield the running server.

    Its log, one line per request, goes to a file in that folder.
    Raises BenchmarkError when it does not start.
    """
    environment = {**os.environ, **dict.fromkeys(CLEARED_VARIABLES, "")}
    environment |= {"PORT": "0", "WORKSHOP_DATA": str(data), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", module]
    path = data / f"{module}.log"
    with (
        path.open("w") as log,
        subprocess.Popen(  # noqa: S603 – our own modules
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        try:
            yield Server(_address(process, module, path), process.pid)
        finally:
            _stop(process)


def _address(process: subprocess.Popen[str], module: str, log: Path) -> str:
    """Wait for the line of run_app with the address; raises BenchmarkError if it does not come."""
    deadline = Timer(STARTING, process.kill)
    deadline.start()
    try:
        for line in process.stdout or ():
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                return found[0]
    finally:
        deadline.cancel()
    raise BenchmarkError(f"{module} did not start. Its last words:\n{log.read_text()[-2000:]}")


def _stop(process: subprocess.Popen[str]) -> None:
    """Terminate the server; kill it after the timeout."""
    process.terminate()
    try:
        process.wait(STOPPING)
    except subprocess.TimeoutExpired:
        process.kill()
