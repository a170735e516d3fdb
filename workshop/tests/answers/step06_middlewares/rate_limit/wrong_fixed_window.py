"""Counts from the first request on, and begins anew after WINDOW.

check: test_any_stretch
says: 429
"""


class Limiter:
    """Remembers who came when; `wait` is all that others use of it."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def wait(self, client: str, now: float) -> float:
        """Return 0 and count the request if the client may make it, else the seconds to wait."""
        start, count = self._seen.pop(client, (now, 0))
        if now >= start + WINDOW:
            start, count = now, 0
        self._seen[client] = (start, min(count + 1, LIMIT))
        if len(self._seen) > CLIENTS:
            self._seen.popitem(last=False)
        return 0 if count < LIMIT else start + WINDOW - now
