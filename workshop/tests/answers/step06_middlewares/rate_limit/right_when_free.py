"""Keeps for each client when its places are free again."""


class Limiter:
    """Remembers who came when; `wait` is all that others use of it."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, client: str, now: float) -> float:
        """Return 0 and count the request if the client may make it, else the seconds to wait."""
        free = self._seen.pop(client, deque([0.0] * LIMIT))
        self._seen[client] = free
        if len(self._seen) > CLIENTS:
            self._seen.popitem(last=False)
        if free[0] > now:
            return free[0] - now
        free.rotate(-1)
        free[-1] = now + WINDOW
        return 0
