"""Two dictionaries: the times that count, and when each client was last seen."""


class Limiter:
    """Remembers who came when; `wait` is all that others use of it."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._times: dict[str, list[float]] = {}
        self._seen: dict[str, float] = {}

    def wait(self, client: str, now: float) -> float:
        """Return 0 and count the request if the client may make it, else the seconds to wait."""
        times = [t for t in self._times.get(client, []) if now - t < WINDOW]
        self._times[client], self._seen[client] = times, now
        if len(self._seen) > CLIENTS:
            oldest = min(self._seen, key=lambda name: self._seen[name])
            del self._times[oldest], self._seen[oldest]
        if len(times) >= LIMIT:
            return times[0] + WINDOW - now
        times.append(now)
        return 0
