"""Every request of a client is kept, the refused ones as well.

check: test_memory
says: Requests of one client are remembered without end
"""


class Limiter:
    """Remembers who came when; `wait` is all that others use of it."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._seen: OrderedDict[str, list[tuple[float, bool]]] = OrderedDict()

    def wait(self, client: str, now: float) -> float:
        """Return 0 and count the request if the client may make it, else the seconds to wait."""
        times = self._seen.setdefault(client, [])
        self._seen.move_to_end(client)
        if len(self._seen) > CLIENTS:
            self._seen.popitem(last=False)
        good = [time for time, was_good in times if was_good and now < time + WINDOW]
        times.append((now, len(good) < LIMIT))
        return good[0] + WINDOW - now if len(good) >= LIMIT else 0
