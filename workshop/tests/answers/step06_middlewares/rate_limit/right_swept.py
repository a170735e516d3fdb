"""Throws out the idle from time to time, and the longest idle when there are too many."""


class Limiter:
    """Remembers who came when; `wait` is all that others use of it."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, client: str, now: float) -> float:
        """Return 0 and count the request if the client may make it, else the seconds to wait."""
        if client not in self._seen and len(self._seen) >= CLIENTS:
            for idle in [name for name, times in self._seen.items() if times[-1] + WINDOW <= now]:
                del self._seen[idle]
            if len(self._seen) >= CLIENTS:
                self._seen.popitem(last=False)
        times = self._seen.setdefault(client, deque())
        self._seen.move_to_end(client)
        while times and times[0] + WINDOW <= now:
            times.popleft()
        if len(times) >= LIMIT:
            return times[0] + WINDOW - now
        times.append(now)
        return 0
