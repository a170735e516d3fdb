"""Whoever guesses passwords has to wait."""

import time
from collections.abc import Callable, Iterator
from ipaddress import IPv6Address

from aiohttp import web

TRIES, ADDRESS_TRIES, SECONDS = 10, 100, 60
"""So many wrong tries an account has in so many seconds, and so many an address: a whole room."""
REMEMBERED = 10_000
"""So many of both are remembered before old ones are forgotten."""


def customer(address: str) -> str:
    """Return what one customer of a provider has: an address, or of IPv6 2**64 of them."""
    if ":" not in address:
        return address
    ip = IPv6Address(address)
    return str(ip.ipv4_mapped or ip.packed[:8].hex())


def limits(address: str, account: str) -> Iterator[tuple[str, int]]:
    """Yield what is counted, with how often it may be."""
    yield f"address {customer(address)}", ADDRESS_TRIES
    if account:
        yield f"account {account.lower()}", TRIES


class Limiter:
    """Remembers when somebody tried, from each address and for each account."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tries: dict[str, list[float]] = {}

    def count(self, address: str, account: str = "") -> None:
        """Count a try; when there were too many, say when to come back."""
        start = self._clock() - SECONDS
        if len(self._tries) >= REMEMBERED:
            self._tries = {who: tries for who, tries in self._tries.items() if tries[-1] > start}
        for who, most in limits(address, account):
            recent = [moment for moment in self._tries.get(who, []) if moment > start]
            if len(recent) >= most:
                wait = str(int(recent[0] - start) + 1)
                headers = {"Retry-After": wait}
                raise web.HTTPTooManyRequests(text=f"Try again in {wait} seconds", headers=headers)
            self._tries[who] = [*recent, start + SECONDS]

    def forgive(self, address: str, account: str) -> None:
        """Take back a try that was none: the password was right, or nobody looked at it."""
        for who, _ in limits(address, account):
            tries = self._tries.pop(who, [])[:-1]
            if tries:
                self._tries[who] = tries


LIMITER = web.AppKey("limiter", Limiter)
