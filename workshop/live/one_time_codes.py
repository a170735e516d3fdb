"""The secret of this start, and the codes for which a browser gets it: each code counts once.

A browser sends cookies to every port of a machine, so the secret is none: a page keeps it in the
storage of its origin, which belongs to one port, and adds it to each request itself.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None of them is taken for another when a person types them."""
GROUPS, GROUP = 3, 5
"""A code has 15 letters: 74 bits."""


class Invitation:
    """Who has the token belongs here; who has a code gets the token for it, once."""

    def __init__(self, token: str | None = None) -> None:
        self.token = token or secrets.token_urlsafe()
        self.spent: Callable[[str], None] = lambda code: None
        """Called with a code that has just been used."""
        self._codes: set[str] = set()

    def offer(self, code: str | None = None) -> str:
        """Return a code that counts from now on, until it is used."""
        made = code or "-".join(
            "".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS)
        )
        self._codes.add(made)
        return made

    def accept(self, code: str) -> str | None:
        """Return the token for a code, which counts no more; None for any other word."""
        given = code.strip().lower()
        found = [one for one in self._codes if _same(one, given)]
        if not found:
            return None
        self._codes.difference_update(found)
        self.spent(found[0])
        return self.token

    def right(self, token: str) -> bool:
        """Whether this is the token."""
        return _same(self.token, token)


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(), other.encode("utf-8", "replace"))
