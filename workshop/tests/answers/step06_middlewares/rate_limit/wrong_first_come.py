"""Whoever came first is forgotten first, though still asking.

check: test_who_is_forgotten
says: Grace was longest not here
"""


class Limiter:
    """Remembers who came when; `wait` is all that others use of it."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, client: str, now: float) -> float:
        """Return 0 and count the request if the client may make it, else the seconds to wait."""
        times = self._seen.setdefault(client, deque(maxlen=LIMIT))
        if len(self._seen) > CLIENTS:
            self._seen.popitem(last=False)
        if len(times) == LIMIT and now < times[0] + WINDOW:
            return times[0] + WINDOW - now
        times.append(now)
        return 0
