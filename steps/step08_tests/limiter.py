"""Whoever guesses passwords has to wait."""

import time
from collections.abc import Callable
from ipaddress import IPv6Address

from aiohttp import web

TRIES, SECONDS = 10, 60
"""So many tries each address has in so many seconds."""
ADDRESSES = 10_000
"""So many addresses are remembered before old ones are forgotten."""


def customer(address: str) -> str:
    """Return what one customer of a provider has: an address, or of IPv6 2**64 of them."""
    if ":" not in address:
        return address
    ip = IPv6Address(address)
    return str(ip.ipv4_mapped or ip.packed[:8].hex())


class Limiter:
    """Remembers when each address tried."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tries: dict[str, list[float]] = {}

    def count(self, address: str) -> None:
        """Count a try; when there were too many, say when to come back."""
        address = customer(address)
        start = self._clock() - SECONDS
        if len(self._tries) >= ADDRESSES:
            self._tries = {who: tries for who, tries in self._tries.items() if tries[-1] > start}
        recent = [moment for moment in self._tries.get(address, []) if moment > start]
        if len(recent) >= TRIES:
            wait = str(int(recent[0] - start) + 1)
            headers = {"Retry-After": wait}
            raise web.HTTPTooManyRequests(text=f"Try again in {wait} seconds", headers=headers)
        self._tries[address] = [*recent, start + SECONDS]


LIMITER = web.AppKey("limiter", Limiter)
