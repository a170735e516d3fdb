"""Every user has a number that grows with the click; sessions of an older number are over."""


class Lockers(AbstractStorage):
    """Keeps what is in the sessions; a browser gets a token for its own, and nothing else."""

    def __init__(self) -> None:
        super().__init__(cookie_name="token", httponly=True, samesite="Lax")
        self._kept: dict[str, SessionData] = {}
        self._number: dict[str, int] = {}

    async def load_session(self, request: web.Request) -> Session:
        """Return the session whose token the browser has; for any other cookie, a new one."""
        token = self.load_cookie(request) or ""
        data = self._kept.get(token)
        if data is None or self._over(data):
            return await self.new_session()
        return Session(token, data=data, new=False)

    def _over(self, data: SessionData) -> bool:
        values = data["session"]
        return bool(values.get("number", 0) < self._number.get(values.get("user", ""), 0))

    async def save_session(
        self, request: web.Request, response: web.StreamResponse, session: Session
    ) -> None:
        """Keep a session that has changed; an empty one ends."""
        old = self.load_cookie(request) or ""
        if session.new and "user" in session:
            session["number"] = self._number.get(session["user"], 0)
        token = secrets.token_urlsafe(32) if session.new else old
        if session.new or session.empty:
            self._kept.pop(old, None)
        if session.empty:
            self.save_cookie(response, "")
        else:
            self._kept[token] = self._get_session_data(session)
            self.save_cookie(response, token)

    def forget(self, user: str) -> None:
        """End every session of this user."""
        self._number[user] = self._number.get(user, 0) + 1
