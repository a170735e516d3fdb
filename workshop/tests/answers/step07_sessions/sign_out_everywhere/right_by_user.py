"""Lockers by user and by token; the token of the session is its identity."""


class Lockers(AbstractStorage):
    """Keeps sessions, and for each user which are theirs."""

    def __init__(self) -> None:
        super().__init__(cookie_name="token", httponly=True, samesite="Strict")
        self._data: dict[str, SessionData] = {}
        self._of: dict[str | None, set[str]] = {}

    async def load_session(self, request: web.Request) -> Session:
        """Return the session, if there is one."""
        try:
            token = request.cookies["token"]
            return Session(token, data=self._data[token], new=False)
        except KeyError:
            return await self.new_session()

    async def save_session(
        self, request: web.Request, response: web.StreamResponse, session: Session
    ) -> None:
        """Keep it, if it was not ended in between."""
        if session.new:
            self._data.pop(request.cookies.get("token", ""), None)
            session.set_new_identity(secrets.token_urlsafe())
        elif session.identity not in self._data:
            response.del_cookie("token")
            return
        if session.empty:
            self._data.pop(session.identity, None)
            response.del_cookie("token")
            return
        self._data[session.identity] = self._get_session_data(session)
        self._of.setdefault(session.get("user"), set()).add(session.identity)
        self.save_cookie(response, session.identity)

    def forget(self, user: str) -> None:
        """End every session of this user."""
        for token in self._of.pop(user, set()):
            self._data.pop(token, None)
