"""Comparison of a page of a step with the same page of the plain blog, under the same load."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from benchmarks import wrk
from benchmarks.figures import BenchmarkError, Row, Settings
from benchmarks.server import Server, running_server

PLAIN = "benchmarks.plain"
"""The module of the plain version."""
WARM_UP = 0.5
"""The maximum of seconds for which each server is loaded before the first measurement."""


@dataclass(frozen=True, slots=True)
class Page:
    """The same page of a step's app and of the plain version."""

    title: str
    step: str
    """The module of the step's app."""
    path: str
    pattern: str
    """Both responses must have the same matches, at least one; "" compares no matches."""
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200

    def fetch(self, server: Server) -> tuple[int, bytes]:
        """Send one request; return status and body."""
        request = Request(server.address + self.path, headers=dict(self.headers))  # noqa: S310
        try:
            with urlopen(request, timeout=10) as response:  # noqa: S310 – a server of our own
                return response.status, response.read()
        except HTTPError as error:  # urllib raises it for a 304, too
            with error:
                return error.code, error.read()

    def load(self, server: Server, seconds: float) -> Sample:
        """Load the server with wrk for some seconds; return the measurement."""
        before = server.cpu()
        load = wrk.load(server.address + self.path, self.headers, seconds, self.status)
        return Sample(load, 1000 * (server.cpu() - before) / sum(load.statuses.values()))


@dataclass(frozen=True, slots=True)
class Sample:
    """One measurement."""

    load: wrk.Load
    cpu: float
    """Processor time of the server per request, in milliseconds."""


def compare(page: Page, data: Path, settings: Settings) -> list[Row]:
    """Measure both servers alternately, so that other load affects both; return a row for each.

    Both servers start anew for each page, so that the peak of memory belongs to this page.
    Raises BenchmarkError when the two pages differ.
    """
    settings.log(page.title)
    with running_server(page.step, data) as ours, running_server(PLAIN, data) as plain:
        check_same(page, ours, plain)
        for server in (ours, plain):
            page.load(server, min(WARM_UP, settings.seconds))
        rounds = [
            (page.load(ours, settings.seconds), page.load(plain, settings.seconds))
            for _ in range(settings.rounds)
        ]
        mine, theirs = zip(*rounds, strict=True)
        return [
            {"page": page.title, "server": "ours", **row(mine, ours.peak()), **ratios(rounds)},
            {"page": page.title, "server": "plain", **row(theirs, plain.peak())},
        ]


def check_same(page: Page, ours: Server, plain: Server) -> None:
    """Raise BenchmarkError unless both servers send the same page."""
    pattern = re.compile(page.pattern.encode(), re.DOTALL)
    answers = [page.fetch(server) for server in (ours, plain)]
    mine, theirs = [(status, pattern.findall(body)) for status, body in answers]
    if mine != theirs or mine[0] != page.status or (page.pattern and not mine[1]):
        what = "\n".join(f"{status}: {str(body)[:1000]}" for status, body in answers)
        raise BenchmarkError(f"{page.title}: these two are not the same page.\n{what}")


def row(samples: Sequence[Sample], peak: float) -> Row:
    """Return a row with medians, the peak of memory in MiB, and the responses by status."""
    loads = [sample.load for sample in samples]
    statuses = sorted({status for load in loads for status in load.statuses})
    counts = [f"{s}: {sum(load.statuses.get(s, 0) for load in loads)}" for s in statuses]
    return {
        "per_s": round(median(load.rate for load in loads)),
        "p50_ms": round(median(load.p50 for load in loads), 1),
        "p99_ms": round(median(load.p99 for load in loads), 1),
        "cpu_ms": round(median(sample.cpu for sample in samples), 2),
        "peak_MiB": round(peak, 1),
        "answers": ", ".join(counts),
    }


def ratios(rounds: Sequence[tuple[Sample, Sample]]) -> Row:
    """Return ours / plain in requests per second: median, lowest and highest of all rounds.

    `by_cpu` is the ratio of processor time, which other programs disturb less.
    """
    rates = [mine.load.rate / theirs.load.rate for mine, theirs in rounds]
    return {
        "ratio": round(median(rates), 2),
        "lowest": round(min(rates), 2),
        "highest": round(max(rates), 2),
        "by_cpu": round(median(theirs.cpu / mine.cpu for mine, theirs in rounds), 2),
    }
