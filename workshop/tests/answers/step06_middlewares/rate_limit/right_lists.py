"""A plain dictionary of lists, in the order of the last visit."""


class Limiter:
    """Remembers who came when; `wait` is all that others use of it."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._seen: dict[str, list[float]] = {}

    def wait(self, client: str, now: float) -> float:
        """Return 0 and count the request if the client may make it, else the seconds to wait."""
        times = [t for t in self._seen.pop(client, []) if now - t < WINDOW]
        allowed = len(times) < LIMIT
        if allowed:
            times.append(now)
        self._seen[client] = times
        while len(self._seen) > CLIENTS:
            del self._seen[next(iter(self._seen))]
        return 0 if allowed else times[0] + WINDOW - now
