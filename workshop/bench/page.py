"""A page to load: where it is, in a step's app and in the plain one, and what it must answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from workshop.bench.server import Server
from workshop.bench.wrk import Load, load


@dataclass(frozen=True, slots=True)
class Page:
    """The same page of two apps, each named by its module."""

    title: str
    ours: str
    plain: str
    path: str
    seen: str
    """A pattern: what it finds must be the same in both answers, and something."""
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200

    def answer(self, server: Server) -> tuple[int, bytes]:
        """Ask once; return status and body."""
        request = Request(server.address + self.path, headers=dict(self.headers))  # noqa: S310
        try:
            with urlopen(request, timeout=10) as response:  # noqa: S310 – a server of our own
                return response.status, response.read()
        except HTTPError as error:  # urllib takes a 304 for one
            with error:
                return error.code, error.read()

    def load(self, server: Server, seconds: float) -> Sample:
        """Ask over and over, from another process."""
        before = server.cpu()
        seen = load(server.address + self.path, self.headers, seconds, self.status)
        return Sample(seen, 1000 * (server.cpu() - before) / sum(seen.statuses.values()))


@dataclass(frozen=True, slots=True)
class Sample:
    """One measurement."""

    seen: Load
    cpu: float
    """Milliseconds of processor time that the server took for a request."""
