"""The load generator wrk: how it is started, and how its output is parsed.

wrk keeps all connections busy, so the server is never idle and the latencies are those of
a server under full load: about connections / rate.
"""

from __future__ import annotations

import json
import math
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import BenchmarkError

CONNECTIONS = 16
SCRIPT = Path(__file__).with_name("wrk.lua")


@dataclass(frozen=True, slots=True)
class Load:
    """The result of a run: requests per second, latencies in milliseconds, responses by status."""

    rate: float
    p50: float
    p99: float
    statuses: Mapping[int, int]


def program() -> str:
    """Return the path of wrk; raises BenchmarkError when wrk is not installed."""
    found = shutil.which("wrk")
    if found is None:
        raise BenchmarkError(MISSING)
    return found


def load(address: str, headers: Mapping[str, str], seconds: float, status: int) -> Load:
    """Load an address for some seconds; every response must have this status.

    Raises BenchmarkError when a response has another status, or a connection fails.
    """
    command = [program(), "--threads=1", f"--connections={CONNECTIONS}", f"--script={SCRIPT}"]
    command += [f"--duration={math.ceil(seconds)}s"]  # wrk accepts whole seconds only
    command += [f"--header={name}: {value}" for name, value in headers.items()]
    process = subprocess.Popen(  # noqa: S603 – no shell, a fixed command
        [*command, address], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)  # wrk stops and prints its results
        output, _ = process.communicate()
    return parse_output(output, address, status)


def parse_output(output: str, address: str, status: int) -> Load:
    """Parse the output of wrk; raises BenchmarkError when it reports errors or other statuses."""
    lines = [line for line in output.splitlines() if line.startswith('{"requests": ')]
    try:
        seen = json.loads(lines[-1])
        errors, statuses = seen["errors"], {int(s): n for s, n in seen["statuses"].items()}
        requests, seconds = seen["requests"], seen["microseconds"] / 1e6
        p50, p99 = seen["p50"] / 1000, seen["p99"] / 1000
    except (LookupError, ValueError) as error:
        raise BenchmarkError(UNREADABLE.format(address=address, output=output)) from error
    if statuses.keys() != {status} or any(errors.values()) or not requests:
        faults = {str(s): n for s, n in statuses.items()} | {e: n for e, n in errors.items() if n}
        listed = ", ".join(f"{what}: {count}" for what, count in faults.items()) or "nothing"
        raise BenchmarkError(FAULTY.format(address=address, status=status, listed=listed))
    return Load(requests / seconds, p50, p99, statuses)


MISSING = """wrk is not here, and without a real load generator there are no figures.
Debian, Ubuntu: apt install wrk. macOS: brew install wrk. Windows: use WSL, then as on Ubuntu."""
UNREADABLE = """wrk did not say what it saw at {address}. It printed:
{output}"""
FAULTY = """{address} was to answer {status} each time; it gave {listed}.
Figures of errors are worthless, so there are none."""
