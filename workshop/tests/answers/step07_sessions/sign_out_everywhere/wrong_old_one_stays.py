"""A new session leaves the one that the browser had before.

check: test_sign_in_again
says: of before still opens
"""


class Lockers(AbstractStorage):
    """Keeps what is in the sessions; a browser gets a token for its own, and nothing else."""

    def __init__(self) -> None:
        super().__init__(cookie_name="token", httponly=True, samesite="Lax")
        self._kept: dict[str, SessionData] = {}

    async def load_session(self, request: web.Request) -> Session:
        """Return the session whose token the browser has; for any other cookie, a new one."""
        token = self.load_cookie(request) or ""
        if token not in self._kept:
            return await self.new_session()
        return Session(token, data=self._kept[token], new=False)

    async def save_session(
        self, request: web.Request, response: web.StreamResponse, session: Session
    ) -> None:
        """Keep a session that has changed; an empty one ends."""
        old = self.load_cookie(request) or ""
        ended = not session.new and old not in self._kept
        token = secrets.token_urlsafe(32) if session.new else old
        if session.empty:
            self._kept.pop(old, None)
        if session.empty or ended:
            self.save_cookie(response, "")
        else:
            self._kept[token] = self._get_session_data(session)
            self.save_cookie(response, token)

    def forget(self, user: str) -> None:
        """End every session of this user."""
        for token, data in [*self._kept.items()]:
            if data["session"].get("user") == user:
                del self._kept[token]
